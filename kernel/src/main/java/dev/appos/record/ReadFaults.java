package dev.appos.record;

import dev.appos.base.Refusal;
import dev.appos.store.SqlFault;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.exception.DataAccessException;

/// What PostgreSQL objects to in a question, as what a caller may hear.
final class ReadFaults {

    private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

    private ReadFaults() {}

    /// @return the failure itself where nobody asked for it
    /// @throws Refusal for what the question is to blame for
    static SQLException of(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").replace("ERROR: ", "");
        if (state.equals("57014")) {
            throw Refusal.tooLarge(
                    "The question took longer than " + ReadStatement.MOST_SECONDS + " seconds, so it was broken off.",
                    "Narrow it by a filter over an indexed column, order by id, or ask without a count.");
        }
        if (state.startsWith("54")) {
            throw Refusal.tooLarge("PostgreSQL finds the question too large: " + first + ".", "Ask for less.");
        }
        // Of syntax only that of a search remains: everything else is written here.
        if (state.startsWith("22") || state.equals("42601")) {
            throw Refusal.malformed(
                    "PostgreSQL cannot read a value of the question: " + first + ".",
                    "Check patterns, searches and casts.");
        }
        if (SqlFault.of(failure).kind() == SqlFault.Kind.UNAVAILABLE) {
            throw Refusal.unavailable("The database cannot be reached at the moment.", "Try again in a few seconds.");
        }
        return failure;
    }

    static long expected(String plan) {
        Matcher rows = ROWS.matcher(plan);
        if (!rows.find()) {
            throw new DataAccessException("no number of rows in the plan " + plan);
        }
        return Long.parseLong(rows.group(1));
    }
}
