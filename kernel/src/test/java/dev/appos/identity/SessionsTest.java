package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Coherence;
import dev.appos.secure.CoherenceSettings;
import dev.appos.secure.Directory;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SessionsTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Login ana() {
        return world.identities.login("ana", World.PASSWORD, World.CLIENT);
    }

    @Test
    void logging_out_and_being_put_out_at_the_same_time_do_not_wait_for_each_other() throws Exception {
        world.login("ana", Type.BASIC);
        String hash = world.passwords.hash("/password", World.PASSWORD, List.of());
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
            world.sessions.end(sql, id, Optional.empty());
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
        String hash = world.passwords.hash("/password", "another horse", List.of());

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
    void what_one_node_ends_is_felt_by_the_very_next_call_on_another() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        world.identities.session(login.token());
        try (Coherence coherence = new Coherence(world.database, CoherenceSettings.DEFAULT, System::nanoTime);
                Identities node = new Identities(
                        world.database, new Directory(world.database, coherence), world.accounts, world.ids,
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

    @Test
    void the_limits_of_sessions_are_settings() {
        SessionLimits limits = new SessionLimits(
                Duration.ofSeconds(100), Duration.ofSeconds(40), 2, Duration.ofSeconds(50), 1, Duration.ofDays(1));
        try (World brief = new World(IdentitySettings.DEFAULT.withSessions(limits))) {
            brief.login("ana", Type.BASIC);
            Login first = brief.identities.login("ana", World.PASSWORD, World.CLIENT);
            brief.clock.forward(Duration.ofSeconds(1));
            Login second = brief.identities.login("ana", World.PASSWORD, World.CLIENT);
            brief.clock.forward(Duration.ofSeconds(1));
            Login third = brief.identities.login("ana", World.PASSWORD, World.CLIENT);

            assertThat(third.expiresAt()).isEqualTo(brief.clock.instant().plusSeconds(100));
            refusal(() -> brief.identities.session(first.token()));
            brief.identities.session(second.token());
            for (int i = 0; i < 3; i++) {
                brief.identities.session(third.token());
                brief.clock.forward(Duration.ofSeconds(30));
            }
            refusal(() -> brief.identities.session(second.token()));
            brief.identities.session(third.token());
            brief.clock.forward(Duration.ofSeconds(10));
            refusal(() -> brief.identities.session(third.token()));
        }
    }

    @Test
    void nobody_ends_the_session_of_another_by_its_id() {
        world.login("ana", Type.BASIC);
        UUID id = world.identities.session(ana().token()).credential();

        assertThat(refusal(() -> world.database.write(sql -> {
            world.sessions.end(sql, id, Optional.of("bob"));
            return id;
        })).reason()).isEqualTo(Reason.NOT_FOUND);
        world.database.write(sql -> {
            world.sessions.end(sql, id, Optional.of("ana"));
            return id;
        });
    }

    @Test
    void the_audit_of_logins_is_read_newest_first_in_pages_and_forgets_what_is_old() {
        world.login("ana", Type.BASIC);
        refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
        world.clock.forward(Duration.ofDays(1));
        ana();
        LoginAudit audit = world.accounts.logins();
        LoginAudit.Filter all = new LoginAudit.Filter(
                Optional.of("ana"), Optional.empty(), Optional.empty(), Optional.empty());

        List<LoginAudit.Attempt> found = world.database.read(sql -> audit.list(sql, all, 10));
        assertThat(found).extracting(LoginAudit.Attempt::reason).containsExactly("ok", "invalid_password");
        LoginAudit.Filter older = new LoginAudit.Filter(
                Optional.empty(), Optional.of(false), Optional.empty(), Optional.of(found.getFirst().id()));
        assertThat(world.database.<List<LoginAudit.Attempt>>read(sql -> audit.list(sql, older, 10))).singleElement()
                .satisfies(attempt -> assertThat(attempt.ip()).isEqualTo("127.0.0.1"));
        world.clock.forward(LoginLimits.DEFAULT.kept());
        world.identities.sweep();
        assertThat(world.database.<List<LoginAudit.Attempt>>read(sql -> audit.list(sql, all, 10)))
                .extracting(LoginAudit.Attempt::reason).containsExactly("ok");
    }
}
