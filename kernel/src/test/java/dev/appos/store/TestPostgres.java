package dev.appos.store;

import dev.appos.base.Refusal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// A real PostgreSQL for the tests: one server for the whole test JVM, a fresh database for each who asks.
///
/// ```java
/// private static final Database database = TestPostgres.database();
/// ```
///
/// The platform's migrations are applied already. The server ends with the JVM; its data lies in `target/`, and what
/// earlier runs left there is dropped.
public final class TestPostgres {

    private static final String TEMPLATE = "platform";
    private static final int SERVERS_MAX = 8;
    private static final int POOL_SIZE = 8;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private TestPostgres() {}

    /// A new, empty database with the platform's tables. Closing it is polite, not necessary.
    public static Database database() {
        return new Database(settings());
    }

    /// How to reach a new, empty database with the platform's tables.
    public static DatabaseSettings settings() {
        String name = "test_" + NEXT.incrementAndGet();
        Server.ADMIN.read(sql -> create(sql, name, TEMPLATE));
        return Server.POSTGRES.settings(name, POOL_SIZE);
    }

    private static int create(DSLContext sql, String name, String template) {
        return sql.execute(
                "create database {0} template {1} strategy wal_log", DSL.name(name), DSL.name(template));
    }

    /// Made at first use, by the loading of this class.
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();
        private static final Database ADMIN = new Database(POSTGRES.settings(1));

        static {
            ADMIN.read(Server::dropOld);
            ADMIN.read(sql -> create(sql, TEMPLATE, "template1"));
            try (Database platform = new Database(POSTGRES.settings(TEMPLATE, 2))) {
                new Migrations(platform).applyPlatform();
            }
        }

        private static int dropOld(DSLContext sql) {
            List<String> old = sql.fetch(
                            "select datname from pg_database where datname like 'test\\_%' or datname = ?", TEMPLATE)
                    .getValues(0, String.class);
            old.forEach(name -> sql.execute("drop database {0} with (force)", DSL.name(name)));
            return old.size();
        }

        /// Two test runs in one folder at a time get a server each.
        private static EmbeddedPostgres start() {
            Path target = Path.of("target").toAbsolutePath();
            Map<String, String> settings = new HashMap<>(PostgresCluster.SETTINGS);
            settings.putAll(Map.of("max_connections", "300", "fsync", "off", "full_page_writes", "off"));
            for (int number = 1; ; number++) {
                try {
                    Path home = target.resolve("test-postgres-" + number);
                    return EmbeddedPostgres.start(home, target.resolve("test-postgres-programs"), settings);
                } catch (Refusal refusal) {
                    if (number == SERVERS_MAX || !refusal.getMessage().startsWith("Another AppOS")) {
                        throw refusal;
                    }
                }
            }
        }
    }
}
