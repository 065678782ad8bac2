package dev.appos.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.SettableClock;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that start by themselves: when, how often, as whom, and what operators may do about it.
final class ScheduleTest {

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "title: Shop\ngroups: [staff, keepers]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/records/Entry.java", """
                    @Record(view = "staff", create = "staff") record Entry(String text) {}
                    """,
            "shop/processes/Processes.java", """
                    @Schedule("0 * * * *")
                    @Process(use = "staff", admin = "keepers")
                    void hourly() {
                        step("note", () -> { records.entry.create(e -> e.text("by " + ctx.user().name())); });
                    }

                    @Schedule(value = "0 * * * *", name = "each", missed = ALL)
                    @Schedule(value = "0 * * * *", name = "none", missed = SKIP)
                    @Schedule(value = "0 * * * *", name = "off", enabled = false)
                    @Schedule(value = "0 * * * *", name = "refused", runsAs = "nobody")
                    @Schedule(value = "0 * * * *", name = "powerful", runsAs = "admin")
                    @Process(use = "staff")
                    void many() {}
                    """);

    private static final String HOURLY = "shop.schedules.hourly";

    @TempDir
    private Path home;

    private final SettableClock clock = new SettableClock();
    private final DatabaseSettings database = TestPostgres.settings();
    private Nightly node;

    @BeforeEach
    void begin() {
        node = new Nightly(home, database, clock, SOURCES);
    }

    @AfterEach
    void end() {
        node.close();
    }

    private long started(String trigger) {
        return node.instances().stream().filter(each -> each.get("triggered_by").equals(trigger)).count();
    }

    private List<Map<String, Object>> of(String process) {
        return node.instances().stream().filter(each -> each.get("process").equals("shop.processes." + process))
                .toList();
    }

    @Test
    void a_schedule_starts_its_process_as_the_account_of_the_app() {
        node.run();
        node.until(() -> node.schedule(HOURLY).get("next_run").equals(Instant.parse("2026-11-20T10:00:00Z")));
        clock.forward(Duration.ofMinutes(31));
        node.until(() -> of("hourly").stream().anyMatch(each -> each.get("status").equals("completed")));

        assertThat(of("hourly")).hasSize(1).first().satisfies(each -> assertThat(each)
                .containsEntry("triggered_by", "schedule:0 * * * *").containsEntry("started_by", "app.shop"));
        node.until(() -> node.schedule(HOURLY).get("last_instance") != null);
        assertThat(node.schedule(HOURLY))
                .containsEntry("last_instance", of("hourly").getFirst().get("instance_id"))
                .containsEntry("last_run", Instant.parse("2026-11-20T10:00:00Z"))
                .containsEntry("next_run", Instant.parse("2026-11-20T11:00:00Z"))
                .containsEntry("runs_as", "app.shop");
        assertThat((List<?>) node.schedule(HOURLY).get("next_runs")).hasSize(5);
    }

    @Test
    void what_was_missed_is_made_up_for_as_its_author_said() {
        node.run();
        node.until(() -> node.schedule(HOURLY).get("last_run") == null);
        clock.forward(Duration.ofMinutes(45).plusHours(3));
        node.until(() -> of("hourly").size() == 1 && of("many").size() == 4);

        assertThat(node.schedule("shop.schedules.each"))
                .containsEntry("last_run", Instant.parse("2026-11-20T13:00:00Z"));
        assertThat(node.schedule("shop.schedules.none")).containsEntry("last_run", null);
        assertThat(node.schedule("shop.schedules.off")).containsEntry("last_run", null).containsEntry("next_run", null);
        assertThat(node.schedule("shop.schedules.refused").get("error")).asString().contains("nobody");
        assertThat(node.schedule("shop.schedules.powerful").get("error")).asString()
                .contains("admin is not a service account");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void of_two_servers_that_tick_together_one_starts_it() throws Exception {
        Path other = Files.createDirectories(home.resolveSibling(home.getFileName() + "-other"));
        Files.createDirectories(other.resolve(".appos"));
        Files.copy(home.resolve(".appos/secret"), other.resolve(".appos/secret"));
        copy(home.resolve("migrations/shop"), Files.createDirectories(other.resolve("migrations/shop")));
        try (Nightly second = new Nightly(other, database, clock, SOURCES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Scheduler here = scheduler(node);
            Scheduler there = scheduler(second);
            here.look(node.platform.dispatcher());
            there.look(second.platform.dispatcher());
            for (int round = 1; round <= 10; round++) {
                clock.forward(Duration.ofHours(1));
                List<Callable<Boolean>> looks = List.of(
                        () -> here.look(node.platform.dispatcher()), () -> there.look(second.platform.dispatcher()));
                for (Future<Boolean> look : threads.invokeAll(looks)) {
                    look.get();
                }
                assertThat(of("hourly")).as("after tick " + round).hasSize(round);
            }
        }
    }

    @Test
    void a_server_that_dies_after_the_start_and_before_its_note_of_it_starts_nothing_twice() {
        Scheduler scheduler = scheduler(node);
        scheduler.look(node.platform.dispatcher());
        clock.forward(Duration.ofHours(1));
        Instant due = Instant.parse("2026-11-20T10:00:00Z");
        scheduler.look(node.platform.dispatcher());
        Object first = node.schedule(HOURLY).get("last_instance");
        node.platform.database().write(sql -> sql.execute(
                "update appos.scheduled_triggers set next_run = cast(? as timestamptz), last_instance = null", due));

        scheduler.look(node.platform.dispatcher());

        assertThat(of("hourly")).hasSize(1);
        assertThat(node.schedule(HOURLY)).containsEntry("last_instance", first);
        // Without the key of the tick it would have been started again: that is what keeps it one.
        node.platform.database().write(sql -> {
            sql.execute("delete from appos.answer");
            return sql.execute("update appos.scheduled_triggers set next_run = cast(? as timestamptz)", due);
        });
        scheduler.look(node.platform.dispatcher());
        assertThat(of("hourly")).hasSize(2);
    }

    private Scheduler scheduler(Nightly on) {
        return new Scheduler(new Scheduler.Parts(
                on.platform.database(), on.platform.registry(),
                name -> new Principal.User(name, Principal.Type.SERVICE_ACCOUNT, Set.of()),
                on.platform.ids(), on.platform.log(), clock));
    }

    @Test
    void operators_stop_a_schedule_run_it_now_and_let_it_go_on() {
        Principal keeper = node.user("kim", Principal.Type.BASIC, List.of("keepers"));
        node.run();
        node.until(() -> node.schedule(HOURLY).get("next_run") != null);
        node.call(keeper, "platform.rules.set_schedule",
                new Input.Run(Map.of("id", HOURLY, "enabled", false)));
        clock.forward(Duration.ofHours(2));
        node.until(() -> of("many").size() >= 2);
        assertThat(of("hourly")).isEmpty();

        node.call(keeper, "platform.rules.run_schedule", new Input.Run(Map.of("id", HOURLY)));
        node.until(() -> of("hourly").size() == 1);
        assertThat(of("hourly").getFirst())
                .containsEntry("triggered_by", "manual:kim").containsEntry("started_by", "app.shop");

        node.call(keeper, "platform.rules.set_schedule",
                new Input.Run(Map.of("id", HOURLY, "enabled", true)));
        clock.forward(Duration.ofMinutes(5));
        assertThat(node.schedule(HOURLY)).containsEntry("next_run", Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(of("hourly")).as("what was stopped is not made up for").hasSize(1);
    }

    @Test
    void only_those_who_may_everything_with_the_process_decide() {
        Principal clerk = node.user("cleo", Principal.Type.BASIC, List.of("staff"));
        Principal stranger = node.user("sam", Principal.Type.BASIC, List.of());
        Input.Run run = new Input.Run(Map.of("id", HOURLY));

        assertThat(Nightly.items(node.call(clerk, "platform.rules.list_schedules",
                new Input.Run(Map.of())))).hasSize(6);
        assertThatThrownBy(() -> node.call(clerk, "platform.rules.run_schedule", run))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FORBIDDEN));
        assertThat(Nightly.items(node.call(stranger, "platform.rules.list_schedules",
                new Input.Run(Map.of())))).isEmpty();
        assertThatThrownBy(() -> node.call(stranger, "platform.rules.run_schedule", run))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NOT_FOUND));
        assertThat(started("manual:sam")).isZero();
    }
}
