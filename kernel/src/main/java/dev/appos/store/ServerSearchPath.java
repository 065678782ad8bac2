package dev.appos.store;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Runs each file of an app with the server's own `search_path`.
///
/// Flyway puts the schema of its history in front, and that is the platform's: a table written without a schema
/// would land among the platform's tables.
final class ServerSearchPath implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("set local search_path to default");
        } catch (SQLException failure) {
            throw new FlywayException("Could not reset search_path: " + failure.getMessage(), failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "server-search-path";
    }
}
