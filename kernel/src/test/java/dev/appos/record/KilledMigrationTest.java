package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.Migrations;
import dev.appos.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration that is cut off at any of its statements is finished or undone by the next start, and no row is lost.
///
/// An event trigger counts the beginnings and ends of statements that change tables, and at the one that is wanted ends
/// its own connection, or waits there until the server process was killed.
final class KilledMigrationTest {

    private static final Ref LID = new Ref("shop", "records", "lid");
    private static final int MOST_BOUNDARIES = 120;
    private static final int CONNECTIONS = 6;
    private static final String HOLD = "4711";

    private static final RecordDefinition[] BEFORE = {
        Demo.record("shop", "box", true,
                F.text("name", 10).required(), F.of("size", ValueType.INTEGER), F.text("note", 99), F.text("code", 9),
                F.choice("kind", "A", "B"), F.of("weight", ValueType.INTEGER)),
    };

    /// Renames, takes away, adds, widens, requires, restricts, refers and indexes.
    private static final RecordDefinition[] AFTER = {
        Shop.renamed("box", Demo.record("shop", "crate", true, List.of(List.of("title", "size")),
                Shop.renamed("name", F.text("title", 20).required().notBlank()),
                F.of("size", ValueType.INTEGER).range(1, 9).required(),
                F.of("fragile", ValueType.BOOLEAN).required().defaults("false"),
                F.text("code", 9).unique(),
                F.choice("kind", "A", "B", "C"),
                F.of("weight", ValueType.LONG).min(0).required().defaults("0"),
                F.to(LID, "lid", ReferentialAction.SET_NULL))),
        Demo.record("shop", "lid", false, F.text("colour", 10).unique())
    };

    private static final Database ADMIN = TestPostgres.database();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static DatabaseSettings base;
    private static String template;

    @TempDir
    private static Path files;

    @TempDir
    private Path folder;

    private String name = "";

    @BeforeAll
    static void prepare() {
        base = TestPostgres.settings();
        try (Database database = new Database(base)) {
            template = database.read(sql -> sql.fetchSingle("select current_database()").get(0, String.class));
            new AppSchema(new Migrations(database), files).apply(database, Demo.snapshot(BEFORE));
            database.write(sql -> sql.execute("""
                    insert into shop.boxes (name, size, note, code, kind, weight, created_by, updated_by)
                    select 'box ' || n, 1 + n % 9, 'note ' || n, 'c' || n, 'A', case when n % 2 = 0 then n end, 'a', 'a'
                    from generate_series(1, 50) n"""));
            List.of("create sequence public.boundary",
                            "create table public.wish (boundary int, hold boolean)",
                            """
                            create function public.cut() returns event_trigger language plpgsql as $$
                            begin
                                -- What only a plan tries is never kept.
                                if current_query() like '%appos_trial_%' or current_query() like 'set local lock_%' then
                                    return;
                                end if;
                                if nextval('public.boundary') = (select boundary from public.wish) then
                                    if (select hold from public.wish) then
                                        perform pg_advisory_lock(""" + HOLD + """
                            );
                                    else
                                        perform pg_terminate_backend(pg_backend_pid());
                                        perform pg_sleep(10);
                                    end if;
                                end if;
                            end $$""",
                            "create event trigger cut_before on ddl_command_start execute function public.cut()")
                    .forEach(text -> database.write(sql -> sql.execute(text)));
        }
    }

    @AfterAll
    static void close() {
        ADMIN.close();
    }

    /// A server's database and folder, as they are before the change.
    private DatabaseSettings fresh(int boundary, boolean hold) throws IOException {
        name = template + "_cut_" + NEXT.incrementAndGet();
        ADMIN.read(sql -> sql.execute("create database \"" + name + "\" template \"" + template + "\""));
        DatabaseSettings settings = new DatabaseSettings(
                base.jdbcUrl().replace("/" + template, "/" + name), base.user(), base.password(), CONNECTIONS);
        try (Database database = new Database(settings)) {
            database.write(sql -> sql.execute("insert into public.wish values (" + boundary + ", " + hold + ")"));
        }
        Path copy = Files.createDirectories(folder.resolve(name).resolve("shop"));
        try (Stream<Path> all = Files.list(files.resolve("shop"))) {
            for (Path file : all.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return settings;
    }

    private Path folder() {
        return folder.resolve(name);
    }

    private static void wish(Database database, int boundary) {
        database.write(sql -> sql.execute("update public.wish set boundary = " + boundary));
    }

    private void finished(Database database, int boundary) {
        wish(database, 0);
        AppSchema next = new AppSchema(new Migrations(database), folder());
        Snapshot after = Demo.snapshot(AFTER);

        assertThat(next.apply(database, after).problems()).as("boundary %d", boundary).isEmpty();

        assertThat(next.plan(database, after).upToDate()).as("boundary %d: %s", boundary, next.plan(database, after))
                .isTrue();
        assertThat(text(database, """
                select count(*) || ' ' || count(distinct title) || ' ' || count(note) || ' ' || sum(weight) || ' '
                       || count(fragile)
                from shop.crates where title = 'box ' || id and note = 'note ' || id"""))
                .as("boundary %d", boundary).isEqualTo("50 50 50 650 50");
        assertThat(text(database, "select count(*) from pg_index where not indisvalid")).isEqualTo("0");
        assertThat(text(database, "select count(*) from pg_constraint where not convalidated")).isEqualTo("0");
    }

    private static String text(Database database, String query) {
        return database.read(sql -> sql.fetchSingle(query).get(0, String.class));
    }

    @Test
    void a_connection_lost_at_any_statement_is_made_good_by_the_next_start() throws IOException {
        int boundary = 0;
        boolean cut = true;
        while (cut && boundary < MOST_BOUNDARIES) {
            boundary++;
            try (Database database = new Database(fresh(boundary, false))) {
                cut = cut(database, boundary);
                finished(database, boundary);
            }
        }

        assertThat(boundary).as("boundaries that were tried").isBetween(20, MOST_BOUNDARIES - 1);
    }

    /// Whether the change came as far as the wanted boundary. The server may have made it good by itself.
    private boolean cut(Database database, int boundary) {
        try {
            new AppSchema(new Migrations(database), folder()).apply(database, Demo.snapshot(AFTER));
        } catch (Refusal gone) {
            assertThat(gone.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE);
        }
        return text(database, "select last_value >= " + boundary + " from public.boundary").equals("true");
    }

    @Test
    void a_server_process_killed_at_a_statement_is_made_good_by_the_next_start() throws Exception {
        for (int boundary : List.of(2, 12, 21)) {
            DatabaseSettings settings = fresh(boundary, true);
            try (Database database = new Database(settings); Database holder = new Database(settings)) {
                holder.write(hold -> {
                    hold.fetch("select pg_advisory_xact_lock(" + HOLD + ")");
                    return kill(settings, database);
                });
                finished(database, boundary);
            }
        }
    }

    /// Runs the migration in a process of its own, and kills it once it has come to where it is held.
    private int kill(DatabaseSettings settings, Database database) {
        try {
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            KilledMigrationTest.class.getName(), settings.jdbcUrl(), settings.user(),
                            settings.password(), folder().toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
            String waits = "select count(*) from pg_stat_activity "
                    + "where datname = current_database() and wait_event = 'advisory'";
            while (text(database, waits).equals("0")) {
                assertThat(server.waitFor(50, TimeUnit.MILLISECONDS))
                        .as("it came to an end: %s", Files.readString(folder.resolve("server.log"))).isFalse();
            }
            server.destroyForcibly().waitFor();
            return 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The server process: changes the tables and ends.
    public static void main(String[] arguments) {
        DatabaseSettings settings = new DatabaseSettings(arguments[0], arguments[1], arguments[2], CONNECTIONS);
        try (Database database = new Database(settings)) {
            new AppSchema(new Migrations(database), Path.of(arguments[3])).apply(database, Demo.snapshot(AFTER));
        }
    }

    @Test
    void control_the_same_statements_without_a_transaction_cannot_be_made_good() throws IOException {
        try (Database database = new Database(fresh(0, false))) {
            AppSchema schema = new AppSchema(new Migrations(database), folder());
            List<String> statements = new ArrayList<>();
            schema.plan(database, Demo.snapshot(AFTER)).steps().stream()
                    .filter(step -> step.run() == Step.Run.TOGETHER)
                    .forEach(step -> statements.addAll(List.of(step.sql().split(";\n"))));

            statements.subList(0, statements.size() / 2).forEach(each -> run(database, each));

            assertThatThrownBy(() -> statements.forEach(each -> run(database, each)))
                    .isInstanceOf(DataAccessException.class);
        }
    }

    private static void run(Database database, String statement) {
        database.read(sql -> sql.connectionResult(connection -> {
            try (Statement one = connection.createStatement()) {
                return one.execute(statement);
            }
        }));
    }
}
