package dev.appos.store;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Makes the connection ready for each file of an app.
///
/// The file runs with the server's own `search_path`: Flyway puts the schema of its history in front, and that is the
/// platform's, so that a table written without a schema would land among the platform's tables. And it waits for the
/// locks it needs as long as it may, and no longer: whoever comes after it waits behind it.
final class FileSession implements Callback {

    private final LockPatience patience;
    private final boolean stepwise;
    private final BeforeFile before;

    /// @param stepwise whether each statement is a transaction of its own
    FileSession(LockPatience patience, boolean stepwise, BeforeFile before) {
        this.patience = patience;
        this.stepwise = stepwise;
        this.before = before;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return switch (event) {
            case BEFORE_EACH_MIGRATE -> true;
            case AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_ERROR -> stepwise;
            default -> false;
        };
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        String scope = stepwise ? "set" : "set local";
        try (Statement statement = context.getConnection().createStatement()) {
            if (event == Event.BEFORE_EACH_MIGRATE) {
                statement.execute(scope + " search_path to default");
                statement.execute("%s lock_timeout to %d".formatted(scope, patience.each().toMillis()));
                before.run(context.getMigrationInfo().getScript(), context.getConnection());
            } else {
                // Only here does it outlive the file: the connection goes back to the pool.
                statement.execute("reset lock_timeout");
            }
        } catch (SQLException failure) {
            throw new FlywayException("Could not prepare the file: " + failure.getMessage(), failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "file-session";
    }
}
