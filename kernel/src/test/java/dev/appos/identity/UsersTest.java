package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UsersTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Login ana() {
        return world.identities.login("ana", World.PASSWORD, World.CLIENT);
    }

    @Test
    void names_that_look_alike_are_the_same_name_and_those_of_the_platform_are_nobodys() {
        world.login("\uff21na", Type.BASIC);

        assertThat(ana().principal().name()).isEqualTo("ana");
        for (String name : List.of("anonymous", "System", "agent:x", "system:x", "agent\uff1ax", "\u00a0system")) {
            assertThat(refusal(() -> world.user(name, Type.BASIC)).faults()).extracting(Refusal.Fault::path)
                    .containsExactly("/username");
        }
        Users.Profile long255 = new Users.Profile(
                Optional.of("a".repeat(243) + "@example.org"), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        assertThat(refusal(() -> world.database.write(sql -> world.users.update(sql, "ana", long255))).faults())
                .extracting(Refusal.Fault::path).containsExactly("/email");
    }

    @Test
    void one_of_a_hundred_callers_makes_the_first_administrator() throws Exception {
        List<Future<Optional<String>>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                calls.add(threads.submit(() -> world.identities.bootstrapAdmin(Optional.empty())));
            }
        }
        List<String> passwords = new ArrayList<>();
        for (Future<Optional<String>> call : calls) {
            call.get().ifPresent(passwords::add);
        }

        assertThat(passwords).hasSize(1);
        Login login = world.identities.login("admin", passwords.getFirst(), World.CLIENT);
        assertThat(login.principal()).isEqualTo(
                new Principal.User("admin", Type.SYSTEM_ADMIN, Set.of("system_admin")));
        List<String> groups = world.database.read(sql ->
                sql.fetch("select name from appos.groups order by name").getValues("name", String.class));
        assertThat(groups).containsExactly(
                "aos_admin", "aos_operator", "aos_viewer", "public_access", "system_admin");
        assertThat(world.identities.bootstrapAdmin(Optional.of("preset password"))).isEmpty();
    }

    @Test
    void a_preset_password_is_taken() {
        assertThat(world.identities.bootstrapAdmin(Optional.of("preset password"))).contains("preset password");

        world.identities.login("admin", "preset password", World.CLIENT);
    }

    @Test
    void the_last_administrator_stays_even_when_two_leave_at_once() throws Exception {
        world.user("a", Type.SYSTEM_ADMIN);
        world.user("b", Type.SYSTEM_ADMIN);
        List<Future<Refusal>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : List.of("a", "b")) {
                calls.add(threads.submit(() -> {
                    try {
                        world.database.write(sql -> world.users.deactivate(sql, world.sessions, name));
                        return null;
                    } catch (Refusal refusal) {
                        return refusal;
                    }
                }));
            }
        }
        List<Refusal> refused = new ArrayList<>();
        for (Future<Refusal> call : calls) {
            Refusal refusal = call.get();
            if (Objects.nonNull(refusal)) {
                refused.add(refusal);
            }
        }

        assertThat(refused).singleElement().satisfies(refusal ->
                assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void a_name_is_one_name_however_it_is_typed() {
        world.user("José", Type.BASIC);

        assertThat(world.directory.find("jos\u00e9")).isPresent();
        assertThat(refusal(() -> world.user("JOSE\u0301", Type.BASIC)).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal(() -> world.user("agent:x", Type.BASIC)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void work_without_a_caller_finds_its_principal_by_name() {
        world.user("ana", Type.BASIC);

        assertThat(world.identities.principal("ana").name()).isEqualTo("ana");
        assertThat(world.identities.principal("system:demo")).isEqualTo(new Principal.Platform("demo"));
        assertThat(refusal(() -> world.identities.principal("agent:x")).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void whoever_refreshes_after_a_change_sees_it_however_many_do_so_at_once() throws Exception {
        List<Future<Boolean>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                String name = "user" + i;
                calls.add(threads.submit(() -> {
                    world.user(name, Type.BASIC);
                    return world.directory.find(name).isPresent();
                }));
            }
        }

        for (Future<Boolean> call : calls) {
            assertThat(call.get()).isTrue();
        }
    }
}
