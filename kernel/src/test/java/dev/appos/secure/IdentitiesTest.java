package dev.appos.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IdentitiesTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Login ana() {
        return world.identities.login("ana", World.PASSWORD, World.CLIENT);
    }

    private Refusal refusal(Callable<?> call) {
        try {
            call.call();
        } catch (Refusal refusal) {
            return refusal;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void a_login_gives_a_session_that_says_who_asks() {
        world.login("ana", Type.BASIC);
        world.join("ana", "crm_users");

        Login login = world.identities.login("  ANA ", World.PASSWORD, World.CLIENT);
        Identity identity = world.identities.session(login.token());

        assertThat(identity.principal().name()).isEqualTo("ana");
        assertThat(((Principal.User) identity.principal()).groups()).containsExactly("crm_users");
        assertThat(identity.csrfToken()).isEqualTo(login.csrfToken()).isNotEqualTo(login.token());
        assertThat(login.expiresAt()).isEqualTo(world.clock.instant().plusSeconds(3600));
    }

    @Test
    void no_table_holds_a_token_or_a_password() {
        world.login("ana", Type.BASIC);
        Login login = ana();

        String tables = world.database.read(sql -> sql.fetch("select * from appos.sessions").formatJSON()
                + sql.fetch("select * from appos.users").formatJSON());

        assertThat(tables).doesNotContain(login.token()).doesNotContain(login.csrfToken())
                .doesNotContain(World.PASSWORD).contains("argon2id").contains(Digest.sha256(login.token()));
    }

    @Test
    void every_login_that_fails_reads_the_same() {
        world.login("ana", Type.BASIC);
        world.login("robot", Type.SERVICE_ACCOUNT);
        world.login("gone", Type.BASIC);
        world.database.write(sql -> world.users.deactivate(sql, world.sessions, "gone"));
        world.directory.refresh();

        Refusal wrong = refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
        Refusal unknown = refusal(() -> world.identities.login("nobody", World.PASSWORD, World.CLIENT));
        Refusal service = refusal(() -> world.identities.login("robot", World.PASSWORD, World.CLIENT));
        Refusal gone = refusal(() -> world.identities.login("gone", World.PASSWORD, World.CLIENT));

        assertThat(wrong.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(List.of(unknown, service, gone)).allSatisfy(refusal ->
                assertThat(refusal).hasMessage(wrong.getMessage()));
        assertThat(reasons()).containsExactlyInAnyOrder(
                "invalid_password", "invalid_username", "service_account_ui_login", "account_disabled");
    }

    private List<String> reasons() {
        return world.database.read(sql -> sql.fetch("select reason from appos.login_audit order by id")
                .getValues("reason", String.class));
    }

    @Test
    void what_nobody_can_be_called_is_refused_like_a_wrong_password() {
        for (String name : List.of("", "a\0b", "\ud800", "x".repeat(5000), "' or 1=1 --", "agent:x")) {
            Client client = new Client("203.0.113." + name.length() % 256, "");
            assertThat(refusal(() -> world.identities.login(name, World.PASSWORD, client)).reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);
        }
        assertThat(refusal(() -> world.identities.login("ana", "x\0\ud800".repeat(1000), World.CLIENT)).reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void logging_out_and_being_put_out_at_the_same_time_do_not_wait_for_each_other() throws Exception {
        world.login("ana", Type.BASIC);
        String hash = world.passwords.hash(World.PASSWORD);
        List<Login> logins = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            logins.add(ana());
        }
        List<Future<Object>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Login login : logins) {
                calls.add(threads.submit(() -> {
                    world.identities.logout(login.token());
                    return "out";
                }));
                calls.add(threads.submit(() -> world.database.write(sql -> {
                    world.users.password(sql, world.sessions, "ana", hash);
                    return "put out";
                })));
            }
        }

        for (Future<Object> call : calls) {
            assertThat(call.get()).isNotNull();
        }
    }

    @Test
    void five_wrong_passwords_lock_the_address_out_of_the_account_for_a_quarter_of_an_hour() {
        world.login("ana", Type.BASIC);
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(() -> world.identities.login("ana", "wrong", World.CLIENT)).reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);
        }

        assertThat(refusal(this::ana).reason()).isEqualTo(Reason.OVER_BUDGET);
        world.clock.forward(Duration.ofSeconds(899));
        assertThat(refusal(this::ana).retryAfter()).contains(Duration.ofSeconds(1));
        world.clock.forward(Duration.ofSeconds(1));
        assertThat(ana().principal().name()).isEqualTo("ana");
        assertThat(reasons()).contains("max_attempts");
    }

    @Test
    void nobody_locks_an_account_for_those_at_other_addresses() {
        world.login("ana", Type.BASIC);
        for (int i = 0; i < 10; i++) {
            refusal(() -> world.identities.login("ana", "wrong", new Client("203.0.113.7", "attacker")));
        }

        assertThat(ana().principal().name()).isEqualTo("ana");
        assertThat(refusal(() -> world.identities.login("ana", World.PASSWORD, new Client("203.0.113.7", "")))
                .reason()).isEqualTo(Reason.OVER_BUDGET);
    }

    @Test
    void a_lock_does_not_tell_whether_there_is_such_an_account() {
        world.login("ana", Type.BASIC);
        world.login("robot", Type.SERVICE_ACCOUNT);
        List<List<String>> heard = new ArrayList<>();
        for (String name : List.of("ana", "nobody", "robot")) {
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Refusal refusal = refusal(() -> world.identities.login(name, "wrong", World.CLIENT));
                answers.add(refusal.reason() + refusal.getMessage() + refusal.retryAfter());
            }
            heard.add(answers);
        }

        assertThat(heard.stream().distinct()).hasSize(1);
        assertThat(heard.getFirst().getLast()).startsWith("OVER_BUDGET");
    }

    @Test
    void too_many_wrong_logins_from_everywhere_shut_a_name_for_an_hour_in_the_usual_words() {
        world.login("ana", Type.BASIC);
        IdentitySettings usual = IdentitySettings.DEFAULT;
        IdentitySettings few = new IdentitySettings(
                usual.sessionMax(), usual.idleMax(), usual.sessionsMax(), usual.tokenMax(), 3, usual.lockedFor(), 6,
                usual.attemptsWindow());
        assertThat(usual.everywhereMax()).isEqualTo(100);
        try (Identities identities = new Identities(
                world.directory, world.passwords, few, world.ids, world.clock)) {
            for (String name : List.of("ana", "nobody")) {
                for (int i = 0; i < 6; i++) {
                    Client client = new Client("203.0.113." + i % 3, "");
                    refusal(() -> identities.login(name, "wrong", client));
                }
            }
            Refusal shut = refusal(() -> identities.login("ana", World.PASSWORD, World.CLIENT));
            Refusal unknown = refusal(() -> identities.login("nobody", World.PASSWORD, World.CLIENT));
            assertThat(shut.reason()).isEqualTo(Reason.UNAUTHENTICATED);
            assertThat(unknown).hasMessage(shut.getMessage());
            world.clock.forward(usual.attemptsWindow());
            assertThat(identities.login("ana", World.PASSWORD, World.CLIENT).principal().name()).isEqualTo("ana");
            identities.sweep();
            assertThat(world.database.<List<String>>read(
                            sql -> sql.fetch("select username from appos.login_attempts").getValues(0, String.class)))
                    .containsExactly("ana");
        }
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
    void a_right_password_forgets_the_wrong_ones_before_it() {
        world.login("ana", Type.BASIC);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
            }
            assertThat(ana().principal().name()).isEqualTo("ana");
        }
    }

    @Test
    void a_sixth_session_ends_the_oldest_at_once() {
        world.login("ana", Type.BASIC);
        List<Login> logins = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            logins.add(ana());
            world.clock.forward(Duration.ofSeconds(1));
        }
        logins.forEach(login -> world.identities.session(login.token()));

        Login sixth = ana();

        assertThat(refusal(() -> world.identities.session(logins.getFirst().token())).reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
        logins.subList(1, 5).forEach(login -> world.identities.session(login.token()));
        world.identities.session(sixth.token());
    }

    @Test
    void a_session_ends_when_it_lies_idle_and_when_its_time_is_over() {
        world.login("ana", Type.BASIC);
        Login idle = ana();
        Login busy = ana();
        for (int i = 0; i < 2; i++) {
            world.clock.forward(Duration.ofSeconds(1700));
            world.identities.session(busy.token());
        }

        assertThat(refusal(() -> world.identities.session(idle.token())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
        world.clock.forward(Duration.ofSeconds(200));
        assertThat(refusal(() -> world.identities.session(busy.token())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void a_session_is_over_once_logged_out_or_ended_by_an_administrator() {
        world.login("ana", Type.BASIC);
        Login out = ana();
        Login ended = ana();
        world.identities.session(out.token());
        UUID id = world.identities.session(ended.token()).credential();

        world.identities.logout(out.token());
        world.database.write(sql -> {
            world.sessions.end(sql, id);
            return id;
        });
        world.directory.refresh();

        refusal(() -> world.identities.session(out.token()));
        refusal(() -> world.identities.session(ended.token()));
    }

    @Test
    void another_password_ends_every_session_and_the_old_one_logs_in_no_more() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        world.identities.session(login.token());
        String hash = world.passwords.hash("another horse");

        world.database.write(sql -> {
            world.users.password(sql, world.sessions, "ana", hash);
            return hash;
        });
        world.directory.refresh();

        refusal(() -> world.identities.session(login.token()));
        refusal(this::ana);
        world.identities.login("ana", "another horse", World.CLIENT);
    }

    @Test
    void a_deactivated_user_is_out_with_sessions_keys_and_tokens_and_keys_stay_dead_after_reactivation() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        String key = key("ana", Optional.empty());
        Login token = world.identities.token(key, World.CLIENT);
        world.identities.session(login.token());
        world.identities.bearer(token.token());

        world.database.write(sql -> world.users.deactivate(sql, world.sessions, "ana"));
        world.directory.refresh();

        refusal(() -> world.identities.session(login.token()));
        refusal(() -> world.identities.bearer(token.token()));
        refusal(() -> world.identities.apiKey(key));
        refusal(() -> world.identities.principal("ana"));
        world.database.write(sql -> world.users.reactivate(sql, "ana"));
        world.directory.refresh();
        refusal(() -> world.identities.session(login.token()));
        refusal(() -> world.identities.apiKey(key));
        assertThat(ana().principal().name()).isEqualTo("ana");
    }

    private String key(String owner, Optional<Instant> expires) {
        return world.database.write(sql -> {
            ApiKeys.Owner user = new ApiKeys.Owner(world.users.get(sql, owner).id(), false);
            return world.keys.create(sql, user, "test", expires, "test").apiKey();
        });
    }

    @Test
    void an_api_key_lets_its_owner_in_until_it_is_revoked_or_expires() {
        world.user("robot", Type.SERVICE_ACCOUNT, "robots");
        String key = key("robot", Optional.empty());
        String brief = key("robot", Optional.of(world.clock.instant().plusSeconds(60)));

        assertThat(world.identities.apiKey(key).principal().name()).isEqualTo("robot");
        assertThat(world.identities.apiKey(brief).principal().name()).isEqualTo("robot");

        world.clock.forward(Duration.ofSeconds(60));
        refusal(() -> world.identities.apiKey(brief));
        UUID id = world.identities.apiKey(key).credential();
        world.database.write(sql -> {
            world.keys.revoke(sql, id);
            return id;
        });
        world.directory.refresh();
        refusal(() -> world.identities.apiKey(key));
    }

    @Test
    void a_key_with_another_secret_or_form_is_nobodys() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String key = key("robot", Optional.empty());
        String forged = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");

        assertThat(refusal(() -> world.identities.apiKey(forged)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
        refusal(() -> world.identities.apiKey(""));
        refusal(() -> world.identities.apiKey("appos_%_x"));
        refusal(() -> world.identities.apiKey("' or 1=1 --"));
    }

    @Test
    void a_token_of_a_key_dies_with_the_key_and_is_no_cookie() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String key = key("robot", Optional.empty());
        Login token = world.identities.token(key, World.CLIENT);

        assertThat(world.identities.bearer(token.token()).principal().name()).isEqualTo("robot");
        refusal(() -> world.identities.session(token.token()));

        UUID id = world.identities.apiKey(key).credential();
        world.database.write(sql -> {
            world.keys.revoke(sql, id);
            return id;
        });
        world.directory.refresh();
        refusal(() -> world.identities.bearer(token.token()));
    }

    @Test
    void what_one_node_ends_is_felt_by_the_very_next_call_on_another() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        world.identities.session(login.token());
        try (Coherence coherence = new Coherence(world.database, CoherenceSettings.DEFAULT, System::nanoTime);
                Identities node = new Identities(
                        new Directory(world.database, coherence), world.passwords, IdentitySettings.DEFAULT, world.ids,
                        world.clock)) {
            coherence.start();
            node.session(login.token());
            world.identities.logout(login.token());

            refusal(() -> node.session(login.token()));
        }
    }

    @Test
    void a_warm_token_asks_no_database() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        world.identities.session(login.token());
        world.database.write(sql -> sql.execute("alter table appos.sessions rename to sessions_gone"));

        assertThat(world.identities.session(login.token()).principal().name()).isEqualTo("ana");
    }

    @Test
    void the_last_use_is_written_down_once_a_minute() throws Exception {
        world.login("ana", Type.BASIC);
        Login login = ana();
        Instant begun = world.clock.instant();
        world.clock.forward(Duration.ofSeconds(59));
        world.identities.session(login.token());
        world.clock.forward(Duration.ofSeconds(1));
        world.identities.session(login.token());

        Instant seen = begun;
        for (int i = 0; i < 500 && seen.equals(begun); i++) {
            seen = world.database.read(sql -> sql.fetchSingle("select last_seen from appos.sessions")
                    .get("last_seen", Instant.class));
        }
        assertThat(seen).isEqualTo(begun.plusSeconds(60));
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
        assertThat(groups).containsExactly("public_access", "system_admin");
        assertThat(world.identities.bootstrapAdmin(Optional.of("preset password"))).isEmpty();
    }

    @Test
    void a_preset_password_is_taken() {
        assertThat(world.identities.bootstrapAdmin(Optional.of("preset password"))).contains("preset password");

        world.identities.login("admin", "preset password", World.CLIENT);
    }

    @Test
    void passwords_have_eight_characters_at_least() {
        assertThatThrownBy(() -> world.passwords.hash("seven77")).isInstanceOf(Refusal.class)
                .hasMessageContaining("8 to 1000");
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
    void what_has_expired_is_swept_away() {
        world.login("ana", Type.BASIC);
        ana();
        world.clock.forward(Duration.ofSeconds(1800));
        Login young = ana();
        world.clock.forward(Duration.ofSeconds(1800));

        assertThat(world.identities.sweep()).isEqualTo(1);
        assertThat(world.identities.sweep()).isZero();
        List<String> left = world.database.read(sql ->
                sql.fetch("select token_hash from appos.sessions").getValues("token_hash", String.class));
        assertThat(left).containsExactly(Digest.sha256(young.token()));
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

    @Test
    void a_warm_token_costs_microseconds() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        int rounds = 100_000;
        long best = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 4; repeat++) {
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                world.identities.session(login.token());
            }
            best = Math.min(best, (System.nanoTime() - start) / rounds);
        }

        System.getLogger("bench").log(System.Logger.Level.INFO, "session: " + best + " ns");
        assertThat(best).isLessThan(20_000);
    }
}
