package dev.appos.bench;

import dev.appos.base.Digest;
import dev.appos.bench.Load.Result;
import dev.appos.bench.Load.Shot;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// REST through the whole door against a bare handler on the same database: three requests, rounds in turn.
///
/// Both serve `billing.tracks` (3,503 rows, 8 fields) with the same columns in the answer, from processes of their own,
/// with pools of the same size. The bare handler knows no users; a second one checks its token in the database.
final class RestBench {

    private static final int CONNECTIONS = 16;
    private static final int POOL = 16;
    private static final int ROUNDS = 5;

    /// Until the JVM has compiled what is used: on two processors the whole door takes that long.
    private static final long WARM_MS = 40_000;
    private static final long ROUND_MS = 3_000;
    private static final int TRACKS = 3_503;

    /// What is measured.
    private record Case(String name, IntFunction<Shot> ours, IntFunction<Shot> floor) {}

    private RestBench() {}

    static void run() throws Exception {
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
            String key = workshop.prepare();
            remember(server, key);
            List<String> run = List.of("run", "--home", workshop.home().toString(), "--port", "0");
            try (Child appos = Child.start(Child.PROGRAM, run, Map.of());
                    Child bare = Child.start("dev.appos.bench.Bench", floor(server, false), Map.of());
                    Child checked = Child.start("dev.appos.bench.Bench", floor(server, true), Map.of())) {
                for (Case each : cases("X-API-Key: " + key + "\r\n")) {
                    measure(each, appos.port(), bare.port(), checked.port());
                }
            }
        }
    }

    private static void measure(Case each, int appos, int bare, int checked) throws Exception {
        Load.fire(appos, CONNECTIONS, WARM_MS, each.ours());
        Load.fire(bare, CONNECTIONS, WARM_MS, each.floor());
        Load.fire(checked, CONNECTIONS, WARM_MS, each.floor());
        List<Result> ours = new ArrayList<>();
        List<Result> theirs = new ArrayList<>();
        List<Result> theirsChecked = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(Load.fire(appos, CONNECTIONS, ROUND_MS, each.ours()));
            theirs.add(Load.fire(bare, CONNECTIONS, ROUND_MS, each.floor()));
            theirsChecked.add(Load.fire(checked, CONNECTIONS, ROUND_MS, each.floor()));
        }
        Result mine = median(ours);
        Result floor = median(theirs);
        Result floorChecked = median(theirsChecked);
        System.out.printf("%n%s%n", each.name());
        print("AppOS, whole door", mine);
        print("bare handler", floor);
        print("bare handler, token in database", floorChecked);
        System.out.printf("  ratio to the bare handler %.2f, with token check %.2f%n",
                mine.perSecond() / floor.perSecond(), mine.perSecond() / floorChecked.perSecond());
        System.out.flush();
    }

    private static List<Case> cases(String headers) {
        String track = "{\"name\": \"Measured\", \"media_type_id\": 1, \"milliseconds\": 1000, \"unit_price\": 0.99}";
        return List.of(
                new Case(
                        "GET one record",
                        i -> new Shot("GET", "/api/billing/v1/tracks/" + id(i), headers, ""),
                        i -> new Shot("GET", "/tracks/" + id(i), headers, "")),
                new Case(
                        "GET a page of 50, filtered and ordered",
                        i -> new Shot("GET", "/api/billing/v1/tracks?genre_id=eq.1&order=name.asc&limit=50&offset="
                                + offset(i), headers, ""),
                        i -> new Shot("GET", "/tracks?genre_id=1&offset=" + offset(i), headers, "")),
                new Case(
                        "POST one record, answered with it",
                        _ -> new Shot("POST", "/api/billing/v1/tracks",
                                headers + "Prefer: return=representation\r\n", track),
                        _ -> new Shot("POST", "/tracks", headers, track)));
    }

    private static int id(int i) {
        return 1 + Math.floorMod(i * 2_654_435, TRACKS);
    }

    private static int offset(int i) {
        return 50 * Math.floorMod(i, 20);
    }

    private static List<String> floor(DatabaseSettings server, boolean checked) {
        return List.of("floor", server.jdbcUrl(), server.user(), server.password(), String.valueOf(POOL),
                String.valueOf(checked));
    }

    private static void remember(DatabaseSettings server, String key) {
        try (Database database = new Database(server)) {
            database.write(sql -> {
                sql.execute("create table bench_token (hash text primary key)");
                return sql.execute("insert into bench_token values (?)", Digest.sha256(key));
            });
        }
    }

    static Result median(List<Result> rounds) {
        return rounds.stream()
                .sorted((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
                .toList()
                .get(rounds.size() / 2);
    }

    static void print(String who, Result result) {
        System.out.printf("  %-34s %8.0f req/s   p50 %6.2f ms   p99 %6.2f ms   errors %d%n",
                who, result.perSecond(), result.p50Micros() / 1000.0, result.p99Micros() / 1000.0, result.errors());
    }
}
