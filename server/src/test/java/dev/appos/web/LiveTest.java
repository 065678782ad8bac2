package dev.appos.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import dev.appos.web.LiveReader.Told;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live changes over two servers on one database: writers on the one, those who follow on both.
class LiveTest {

    private static final String TICKS = "/api/shop/v1/ticks";
    private static final String TOPIC = "shop.records.tick";
    private static final int WRITERS = 4;
    private static final int ROUNDS = 40;

    private static Shop here;
    private static Shop there;
    private static Database database;
    private static String writer;
    private static String reader;
    private static String root;

    @BeforeAll
    static void open(@TempDir Path first, @TempDir Path second) throws IOException {
        DatabaseSettings settings = TestPostgres.settings();
        Path secret = Files.createDirectories(first.resolve(".appos")).resolve("secret");
        Files.writeString(secret, "a secret that both of these servers know, long enough for anybody\n");
        Files.copy(secret, Files.createDirectories(second.resolve(".appos")).resolve("secret"));
        here = new Shop(first, Optional.of(settings));
        there = new Shop(second, Optional.of(settings));
        database = new Database(settings);
        root = here.key("root", "system_admin", List.of(), Optional.empty());
        writer = here.key("wanda", "basic", List.of("writers"), Optional.empty());
        reader = here.key("rob", "basic", List.of("readers"), Optional.empty());
    }

    @AfterAll
    static void close() {
        database.close();
        there.close();
        here.close();
    }

    @Test
    void every_visible_change_is_told_once_and_in_order_however_often_the_connection_is_cut() {
        Random random = new Random(7);
        try (LiveReader all = new LiveReader(there.url(), TOPIC, root, new Random(1));
                LiveReader wanda = new LiveReader(here.url(), TOPIC, writer, new Random(2));
                LiveReader rob = new LiveReader(there.url(), TOPIC, reader, new Random(3))) {
            List<LiveReader> readers = List.of(all, wanda, rob);
            until(() -> readers.stream().allMatch(each -> each.last() >= 0));
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                long seed = random.nextLong();
                writers.add(CompletableFuture.runAsync(() -> write(new Random(seed))));
            }
            writers.forEach(CompletableFuture::join);
            until(() -> newest() > 0 && unordered() == 0 && readers.stream().allMatch(each -> each.last() == newest()));

            List<Long> positions = positions();
            assertThat(positions).hasSizeGreaterThan(WRITERS * ROUNDS);
            // Both see every row: nothing missing, nothing twice, nothing out of its place.
            assertThat(ids(all)).isEqualTo(positions);
            assertThat(ids(wanda)).isEqualTo(positions);
            assertThat(ids(rob)).isSorted().doesNotHaveDuplicates().isSubsetOf(positions);
            assertThat(rob.told()).as("what is hidden").allSatisfy(told -> {
                assertThat(told.data().toString()).doesNotContain("note").doesNotContain("secret=true");
                assertThat(told.data().containsKey("record")).isEqualTo(!told.event().equals("gone"));
            });
            assertThat(known(rob)).isEqualTo(visible());
            assertThat(readers).allMatch(each -> each.connections() > 2);
        }
        inOrder();
    }

    @Test
    void who_may_no_longer_see_is_told_nothing_more() {
        String key = here.key("zoe", "basic", List.of("readers"), Optional.empty());
        try (LiveReader zoe = new LiveReader(there.url(), TOPIC, key, null)) {
            until(() -> zoe.was("ready"));
            send("POST", "/api/admin/users/zoe/deactivate", "", root);
            until(() -> zoe.was("end"));
            send("POST", TICKS, "{\"name\":\"late\",\"secret\":false}", writer);
            assertThat(zoe.told()).noneMatch(told -> told.data().toString().contains("late"));
        }
    }

    @Test
    void a_deleted_record_is_gone_and_one_that_was_never_seen_is_not_spoken_of() {
        try (LiveReader rob = new LiveReader(here.url(), TOPIC, reader, null)) {
            until(() -> rob.was("ready"));
            long open = create("{\"name\":\"open\",\"secret\":false}");
            until(() -> rob.told().stream().anyMatch(told -> told.event().equals("created")));
            long hidden = create("{\"name\":\"hidden\",\"secret\":true}");
            send("DELETE", TICKS + "/" + hidden, "", writer);
            send("DELETE", TICKS + "/" + open, "", writer);
            until(() -> rob.told().stream().anyMatch(told -> told.event().equals("gone")));
            assertThat(rob.told().stream().map(told -> told.event() + " " + told.data().get("id")))
                    .containsExactly("created " + open, "gone " + open);
        }
    }

    @Test
    void only_what_is_live_and_ones_own_can_be_followed() {
        assertThat(status("/api/v1/events", reader)).isEqualTo(400);
        assertThat(status("/api/v1/events?topics=" + TOPIC + "&last_event_id=x", reader)).isEqualTo(400);
        assertThat(status("/api/v1/events?topics=shop.records.item", reader)).isEqualTo(422);
        assertThat(status("/api/v1/events?topics=office.records.desk", reader)).isEqualTo(404);
        assertThat(status("/api/v1/events?topics=office.records.nothing", reader)).isEqualTo(404);
        assertThat(status("/api/v1/events?topics=..", reader)).isEqualTo(404);
    }

    @Test
    void an_account_has_so_many_connections_and_no_more() {
        String key = here.key("max", "basic", List.of("readers"), Optional.empty());
        List<LiveReader> readers = new ArrayList<>();
        for (int i = 0; i < EventRoutes.MOST_OF_ONE; i++) {
            readers.add(new LiveReader(here.url(), TOPIC, key, null));
        }
        until(() -> readers.stream().allMatch(each -> each.was("ready")));
        assertThat(status("/api/v1/events?topics=" + TOPIC, key)).isEqualTo(429);
        readers.forEach(LiveReader::close);
    }

    private static void write(Random random) {
        List<Long> mine = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            if (mine.isEmpty() || random.nextInt(4) == 0) {
                mine.add(create("{\"name\":\"n%d\",\"secret\":%b,\"note\":\"x\"}".formatted(i, random.nextBoolean())));
            } else if (random.nextInt(3) == 0) {
                // Several writers on the same rows, several rows in one transaction.
                send("PATCH", TICKS + "?id=gt.0", "{\"name\":\"all%d\"}".formatted(i), writer);
            } else {
                long id = mine.get(random.nextInt(mine.size()));
                send("PATCH", TICKS + "/" + id, "{\"name\":\"u%d\",\"secret\":%b}".formatted(i, random.nextBoolean()),
                        writer);
            }
        }
    }

    private static long create(String body) {
        HttpResponse<String> made = here.send("POST", TICKS, body, Authentication.KEY_HEADER, writer,
                "Prefer", "return=representation");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Object json = Json.read(made.body());
        Object row = json instanceof List<?> rows ? rows.getFirst() : json;
        return ((Number) ((Map<?, ?>) row).get("id")).longValue();
    }

    private static void send(String method, String path, String body, String key) {
        assertThat(here.send(method, path, body, Authentication.KEY_HEADER, key).statusCode()).isLessThan(300);
    }

    private static int status(String path, String key) {
        return here.send("GET", path, "", Authentication.KEY_HEADER, key).statusCode();
    }

    private static List<Long> ids(LiveReader reader) {
        return reader.told().stream().map(Told::id).toList();
    }

    /// The name of each record by id, as somebody knows them who only follows.
    private static Map<Long, Object> known(LiveReader reader) {
        Map<Long, Object> known = new TreeMap<>();
        for (Told told : reader.told()) {
            long id = ((Number) told.data().get("id")).longValue();
            if (told.event().equals("gone")) {
                known.remove(id);
            } else {
                known.put(id, ((Map<?, ?>) told.data().get("record")).get("name"));
            }
        }
        return known;
    }

    private static Map<Long, Object> visible() {
        Map<Long, Object> visible = new TreeMap<>();
        database.read(sql -> sql.fetch("select id, name from shop.ticks where not secret"))
                .forEach(row -> visible.put(row.get(0, Long.class), row.get(1)));
        return visible;
    }

    private static List<Long> positions() {
        return database.read(sql -> sql.fetch("select position from appos.live_change order by position")
                .getValues(0, Long.class));
    }

    /// The versions of each record rise by one from change to change.
    private static void inOrder() {
        Map<Long, Integer> versions = new TreeMap<>();
        for (Record row : database.read(sql -> sql.fetch(
                "select record_id, version from appos.live_change where kind <> 'deleted' order by position"))) {
            int version = row.get(1, Integer.class);
            Integer before = versions.put(row.get(0, Long.class), version);
            assertThat(version).isEqualTo(before == null ? 1 : before + 1);
        }
    }

    private static long newest() {
        return database.read(sql -> sql.fetchSingle("select given from appos.live_position").get(0, Long.class));
    }

    private static long unordered() {
        return database.read(sql -> sql.fetchSingle("select count(*) from appos.live_change where position is null")
                .get(0, Long.class));
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
