package dev.appos.dispatch;

import dev.appos.base.Refusal;
import dev.appos.store.SqlFault;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// What the caller hears of a fault of the database for which no engine had a better word.
final class SqlRefusals {

    private SqlRefusals() {}

    /// The refusal, or null for what is a fault of the platform.
    static @Nullable Refusal of(DataAccessException failed) {
        SqlFault fault = SqlFault.of(failed);
        return switch (fault.kind()) {
            case SERIALIZATION -> Refusal.conflict(
                    "Another call changed the same data at the same time.", "Send the call again.");
            case DISK_FULL -> Refusal.unavailable(
                    "The database has no room left to write.", "Free disk space, then send the call again.");
            case UNAVAILABLE -> Refusal.unavailable("The database cannot be reached.", "Send the call again shortly.");
            case BAD_VALUE, OUT_OF_RANGE, TOO_LONG -> Refusal.invalid("The input", "", "value", fault.message());
            case UNIQUE, FOREIGN_KEY, CHECK, NOT_NULL, OTHER -> null;
        };
    }
}
