package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.store.Database;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;

/// Whether the process lives, and whether it can serve.
final class HealthRoutes {

    private final Database database;
    private final String version;
    private final ServerSettings settings;

    HealthRoutes(Database database, String version, ServerSettings settings) {
        this.database = database;
        this.version = version;
        this.settings = settings;
    }

    List<Route> routes() {
        Route.Handler alive = _ -> Response.json(Map.of("status", "healthy", "version", version));
        return List.of(
                Route.get(settings.health(), "Whether the process lives; depends on nothing.", alive).toEverybody(),
                Route.get("/healthz", "The same as /health.", alive).toEverybody(),
                Route.get(settings.ready(), "Whether the server can serve: 503 when it cannot.", _ -> ready())
                        .toEverybody());
    }

    private Response ready() {
        boolean up = databaseAnswers();
        Map<String, Object> checks = Map.of("database", up ? "healthy" : "unhealthy");
        return Response.json(up ? 200 : 503, Map.of("status", up ? "healthy" : "unhealthy", "checks", checks));
    }

    private boolean databaseAnswers() {
        try {
            return database.read(sql -> sql.selectOne().fetchSingle().value1()) == 1;
        } catch (DataAccessException | Refusal _) {
            return false;
        }
    }
}
