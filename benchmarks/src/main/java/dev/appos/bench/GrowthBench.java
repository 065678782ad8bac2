package dev.appos.bench;

import dev.appos.bench.Load.Result;
import dev.appos.bench.Load.Shot;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a filtered and ordered page costs when the table grows: the same requests on a record type of ten thousand rows
/// and on one of millions, rounds in turn, on one server. By number of page, and by cursor from deep inside.
final class GrowthBench {

    private static final long SMALL = 10_000;
    private static final long USUAL_LARGE = 10_000_000;
    private static final int CONNECTIONS = 8;
    private static final int POOL = 16;
    private static final int ROUNDS = 9;
    private static final long WARM_MS = 10_000;
    private static final long ROUND_MS = 1_000;
    private static final int STATUSES = 4;

    private static final String RECORD = """
            @Record(view = "bench_users", display = "name", indexes = "status, name")
            record %s(@NotBlank @Size(max = 80) String name, @NotBlank @Size(max = 20) String status,
                    @Digits(integer = 10, fraction = 2) BigDecimal amount) {}
            """;

    private GrowthBench() {}

    /// @param arguments how many rows, if not ten million
    static void run(String[] arguments) throws Exception {
        long large = arguments.length > 1 ? Long.parseLong(arguments[1]) : USUAL_LARGE;
        try (Workshop workshop = new Workshop();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(workshop.home().resolve("database"))) {
            DatabaseSettings server = postgres.settings(POOL);
            Files.writeString(workshop.home().resolve("appos.yaml"), """
                    database:
                      url: "%s"
                      user: "%s"
                      password: "%s"
                      pool_size: %d
                    """.formatted(server.jdbcUrl(), server.user(), server.password(), POOL));
            Path app = workshop.home().resolve("apps/bench");
            Files.createDirectories(app.resolve("records"));
            Files.writeString(app.resolve("app.yaml"), """
                    title: Growth
                    short_name: bench
                    version: "1.0"
                    description: Two tables of different size.
                    groups: [bench_users]
                    """);
            Files.writeString(app.resolve("records/Village.java"), RECORD.formatted("Village"));
            Files.writeString(app.resolve("records/City.java"), RECORD.formatted("City"));
            String key = "X-API-Key: " + workshop.administrator() + "\r\n";
            fill(server, "villages", SMALL);
            fill(server, "cities", large);
            System.out.printf("%,d and %,d rows%n", SMALL, large);
            List<String> run = List.of("run", "--home", workshop.home().toString(), "--port", "0");
            try (Child appos = Child.start(Child.PROGRAM, run, Map.of())) {
                measure("a page of 50, filtered and ordered", appos.port(), key, "&offset=50");
                measure("the page behind a name", appos.port(), key, "&name=gt.name%2000000");
            }
        }
    }

    private static void fill(DatabaseSettings server, String table, long rows) throws SQLException {
        try (Database database = new Database(server);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into bench.%s (name, status, amount, created_by, updated_by)
                    select 'name ' || lpad((i::bigint * 7919 %% 10000019)::text, 8, '0'), 'status ' || i %% %d,
                           i %% 5000 + 0.5, 'bench', 'bench'
                    from generate_series(1, %d) i""".formatted(table, STATUSES, rows));
            // As autovacuum would in time.
            statement.execute("vacuum analyze bench." + table);
        }
    }

    private static void measure(String name, int port, String key, String page) throws Exception {
        String rest = "?status=eq.status%202&order=name.asc&limit=50" + page;
        Shot village = new Shot("GET", "/api/bench/v1/villages" + rest, key, "");
        Shot city = new Shot("GET", "/api/bench/v1/cities" + rest, key, "");
        Load.fire(port, CONNECTIONS, WARM_MS, _ -> village);
        Load.fire(port, CONNECTIONS, WARM_MS, _ -> city);
        List<Result> few = new ArrayList<>();
        List<Result> many = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            few.add(Load.fire(port, CONNECTIONS, ROUND_MS, _ -> village));
            many.add(Load.fire(port, CONNECTIONS, ROUND_MS, _ -> city));
        }
        System.out.printf("%n%s%n", name);
        Result small = RestBench.median(few);
        Result large = RestBench.median(many);
        RestBench.print("small", small);
        RestBench.print("large", large);
        System.out.printf("  the large one costs %.2f times the small one%n", small.perSecond() / large.perSecond());
        System.out.flush();
    }
}
