package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A process with an embedded PostgreSQL, for tests that end processes. See [Node] for what it says.
final class NodeMain {

    private NodeMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>(PostgresCluster.SETTINGS);
        settings.put("shared_buffers", "16MB");
        try {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]), settings);
            Database database = new Database(postgres.settings(2));
            int visits = visit(database);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // What a clean stop needs: the database must still be there.
                visit(database);
                database.close();
                postgres.close();
                System.out.println("stopped");
            }));
            System.out.println("ready " + postgres.pid() + " " + visits);
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (Refusal refusal) {
            System.out.println("refused " + refusal.getMessage() + " | " + refusal.remedy());
        }
    }

    private static int visit(Database database) {
        return database.write(sql -> {
            sql.execute("create table if not exists visit (id int generated always as identity)");
            sql.execute("insert into visit default values");
            return sql.fetchSingle("select count(*) from visit").into(int.class);
        });
    }
}
