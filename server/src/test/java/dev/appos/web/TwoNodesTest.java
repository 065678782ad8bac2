package dev.appos.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two whole servers on one database: what one of them answered to be gone is gone on the other.
class TwoNodesTest {

    private static final int ROUNDS = 10;
    private static final String ITEMS = "/api/shop/v1/items";

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    @Test
    void what_one_server_has_taken_away_no_other_gives() throws IOException {
        Optional<DatabaseSettings> database = Optional.of(TestPostgres.settings());
        // Servers of one database share their secret.
        Path secret = Files.createDirectories(first.resolve(".appos")).resolve("secret");
        Files.writeString(secret, "a secret that both of these servers know, long enough for anybody\n");
        Files.copy(secret, Files.createDirectories(second.resolve(".appos")).resolve("secret"));
        try (Shop here = new Shop(first, database);
                Shop there = new Shop(second, database)) {
            String[] root = key(here.key("root", "system_admin", List.of(), Optional.empty()));
            here.rule("create_group", Map.of("name", "guests", "apps", List.of("shop")));
            String[] ana = key(here.key("ana", "basic", List.of("guests"), Optional.empty()));
            String grant = """
                    {"group":"guests","object_ref":"shop.records.item","permissions":["view"]}""";
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(here.send("POST", "/api/admin/grants", grant, root).statusCode()).isEqualTo(201);
                assertThat(there.send("GET", ITEMS, "", ana).statusCode()).isEqualTo(200);
                AtomicBoolean taken = new AtomicBoolean();
                CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> lateUses(there, ana, taken));

                assertThat(here.send("DELETE", "/api/admin/grants", grant, root).statusCode()).isEqualTo(204);
                taken.set(true);

                assertThat(late.join()).isZero();
            }
            HttpResponse<String> deactivated = here.send("POST", "/api/admin/users/ana/deactivate", "", root);
            assertThat(deactivated.statusCode()).isEqualTo(200);
            assertThat(there.send("GET", "/api/auth/me", "", ana).statusCode()).isEqualTo(401);
        }
    }

    /// Requests that were let in although they were sent after the change was answered.
    private static int lateUses(Shop there, String[] ana, AtomicBoolean taken) {
        int accepted = 0;
        for (int late = 0; late < 5; ) {
            boolean after = taken.get();
            boolean let = there.send("GET", ITEMS, "", ana).statusCode() == 200;
            late += after ? 1 : 0;
            accepted += after && let ? 1 : 0;
        }
        return accepted;
    }

    private static String[] key(String key) {
        return new String[] {Authentication.KEY_HEADER, key};
    }
}
