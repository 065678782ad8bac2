package dev.appos.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL objected to, in a form that callers can switch on.
///
/// ```java
/// } catch (DataAccessException failure) {
///     SqlFault fault = SqlFault.of(failure);
///     throw switch (fault.kind()) { case UNIQUE -> taken(fault.constraint()); … };
/// }
/// ```
///
/// The names are as the server gave them, and empty where it gave none: a value too long, for one, names no column.
///
/// @param kind       the group of faults this one belongs to
/// @param constraint the constraint, or the unique index, that was broken
/// @param table      the table it is on, without its schema
/// @param column     the column, given for [Kind#NOT_NULL]
/// @param message    the server's first line, for the log: it may quote the value sent
public record SqlFault(Kind kind, String constraint, String table, String column, String message) {

    /// The groups of faults a caller can do something about, and two for the rest.
    public enum Kind {
        /// Another row already has this value (unique and exclusion constraints).
        UNIQUE,
        /// The row referred to is missing, or the row to be deleted is still referred to.
        FOREIGN_KEY,
        /// A CHECK constraint says no.
        CHECK,
        /// A value is required.
        NOT_NULL,
        /// A text is longer than its column.
        TOO_LONG,
        /// A number, date or time is outside what its type can hold.
        OUT_OF_RANGE,
        /// A value cannot be read as the type asked for: wrong form, a NUL character, broken text.
        BAD_VALUE,
        /// Another transaction came in between; the same work, done again from the start, may succeed.
        SERIALIZATION,
        /// The server has no room left to write.
        DISK_FULL,
        /// The server is away, shutting down, read-only for the moment, or has no connection to spare.
        UNAVAILABLE,
        /// Anything else: as a rule a mistake in the statement.
        OTHER
    }

    /// Reads the fault behind an exception of jOOQ's.
    public static SqlFault of(DataAccessException failure) {
        SQLException cause = failure.getCause(SQLException.class);
        return cause == null ? new SqlFault(Kind.OTHER, "", "", "", String.valueOf(failure.getMessage())) : of(cause);
    }

    /// Reads the fault behind an exception of the driver's or the pool's.
    public static SqlFault of(SQLException failure) {
        // A batch reports its fault in the second exception of the chain.
        PSQLException server = postgres(failure);
        if (server == null) {
            Kind kind = failure instanceof SQLTransientConnectionException ? Kind.UNAVAILABLE : kind(failure);
            return new SqlFault(kind, "", "", "", String.valueOf(failure.getMessage()));
        }
        ServerErrorMessage detail = server.getServerErrorMessage();
        if (detail == null) {
            return new SqlFault(kind(server), "", "", "", String.valueOf(server.getMessage()));
        }
        // A statement prepared before a migration; the driver has dropped it, so a second run prepares it anew.
        boolean outdatedPlan = "RevalidateCachedQuery".equals(detail.getRoutine());
        return new SqlFault(
                outdatedPlan ? Kind.SERIALIZATION : kind(server),
                Optional.ofNullable(detail.getConstraint()).orElse(""),
                Optional.ofNullable(detail.getTable()).orElse(""),
                Optional.ofNullable(detail.getColumn()).orElse(""),
                Optional.ofNullable(detail.getMessage()).orElse(""));
    }

    private static @Nullable PSQLException postgres(SQLException failure) {
        for (Throwable each : failure) {
            if (each instanceof PSQLException found) {
                return found;
            }
        }
        return null;
    }

    private static Kind kind(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return switch (state) {
            case "23505", "23P01" -> Kind.UNIQUE;
            // PostgreSQL 18 gives RESTRICT a state of its own, 23001.
            case "23503", "23001" -> Kind.FOREIGN_KEY;
            case "23514" -> Kind.CHECK;
            case "23502" -> Kind.NOT_NULL;
            case "22001" -> Kind.TOO_LONG;
            case "22003", "22008" -> Kind.OUT_OF_RANGE;
            case "40001", "40P01", "55P03" -> Kind.SERIALIZATION;
            case "53100" -> Kind.DISK_FULL;
            case "53200", "53300", "57P01", "57P02", "57P03", "57P05", "25P03", "25006" -> Kind.UNAVAILABLE;
            default -> state.startsWith("22") ? Kind.BAD_VALUE
                    : state.startsWith("08") ? Kind.UNAVAILABLE : Kind.OTHER;
        };
    }
}
