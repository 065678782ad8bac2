package dev.appos.object;

import java.util.List;
import java.util.Locale;

/// How rows of a file become records.
///
/// @param fast       whether they are copied in at once, without events and field history; for administrators only
/// @param onConflict what happens to a row whose record is there already
/// @param key        the unique columns by which it is found; empty where a conflict is a fault
/// @param columns    of a file with a header, its columns: an update writes each of them
public record ImportHandling(boolean fast, OnConflict onConflict, List<String> key, List<String> columns) {

    public ImportHandling {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /// What happens to a row whose record is there already.
    public enum OnConflict {
        /// The row is a fault.
        REFUSE,
        /// The record stays as it is.
        IGNORE,
        /// The record gets the values of the row.
        UPDATE;

        /// The word in options: `update`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
