package dev.appos.bench;

import dev.appos.bench.Load.Result;
import dev.appos.bench.Load.Shot;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// What a row filter costs: the same requests of a user behind one and of an administrator, rounds in turn, on one
/// server. Every row is let through, so both get the same answers. Once the filter looks at a field of the record
/// itself, as most do; once it reaches through a reference, for which PostgreSQL joins another table.
final class RestrictedBench {

    private static final int CONNECTIONS = 8;
    private static final int POOL = 16;
    private static final int ROUNDS = 9;
    private static final long WARM_MS = 10_000;
    private static final long ROUND_MS = 1_000;
    private static final int TRACKS = 3_503;

    private static final String FILTER = """
            {
                @RowFilter
                static Cond heard(TrackRecords.Fields track) {
                    return track.%s.ne(ctx.user().name());
                }
            }
            """;

    private RestrictedBench() {}

    static void run() throws Exception {
        run("a field of its own", "name()");
        run("a field of another record", "mediaType().name()");
    }

    private static void run(String filter, String field) throws Exception {
        System.out.printf("%nThe filter looks at %s.%n", filter);
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
            Path track = workshop.home().resolve("apps/billing/records/Track.java");
            Files.writeString(track, Files.readString(track).replaceFirst("\\{}\\s*$", FILTER.formatted(field)));
            String user = "X-API-Key: " + workshop.prepare() + "\r\n";
            String boss = "X-API-Key: " + workshop.administrator() + "\r\n";
            List<String> run = List.of("run", "--home", workshop.home().toString(), "--port", "0");
            try (Child appos = Child.start(Child.PROGRAM, run, Map.of())) {
                String page = "/api/billing/v1/tracks?genre_id=eq.1&order=name.asc&limit=50&offset=";
                measure("GET one record", appos.port(),
                        i -> new Shot("GET", "/api/billing/v1/tracks/" + id(i), user, ""),
                        i -> new Shot("GET", "/api/billing/v1/tracks/" + id(i), boss, ""));
                measure("GET a page of 50, filtered and ordered", appos.port(),
                        i -> new Shot("GET", page + 50 * Math.floorMod(i, 20), user, ""),
                        i -> new Shot("GET", page + 50 * Math.floorMod(i, 20), boss, ""));
            }
        }
    }

    private static void measure(String name, int port, IntFunction<Shot> user, IntFunction<Shot> boss)
            throws Exception {
        Load.fire(port, CONNECTIONS, WARM_MS, boss);
        Load.fire(port, CONNECTIONS, WARM_MS, user);
        List<Result> restricted = new ArrayList<>();
        List<Result> free = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            restricted.add(Load.fire(port, CONNECTIONS, ROUND_MS, user));
            free.add(Load.fire(port, CONNECTIONS, ROUND_MS, boss));
        }
        System.out.printf("%n%s%n", name);
        Result slow = RestBench.median(restricted);
        Result fast = RestBench.median(free);
        RestBench.print("behind a row filter", slow);
        RestBench.print("administrator", fast);
        System.out.printf("  ratio %.2f%n", slow.perSecond() / fast.perSecond());
        System.out.flush();
    }

    private static int id(int i) {
        return 1 + Math.floorMod(i * 2_654_435, TRACKS);
    }
}
