package dev.appos.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A table as PostgreSQL describes it, in its own words.
///
/// @param indexes  by name, without those that belong to constraints
/// @param triggers by name
/// @param kept     whether it is remembered that no record is declared for it any more
record LiveTable(
        Map<String, LiveColumn> columns,
        Map<String, LiveConstraint> constraints,
        Map<String, String> indexes,
        Set<String> triggers,
        boolean kept) {

    /// The comment in the database on a column or table that is no longer declared.
    static final String KEPT = "AppOS: no longer declared";

    /// @param type         as `format_type` has it: `character varying(120)`
    /// @param defaultValue or, behind the word `generated`, what the column is computed from
    /// @param kept         whether it is remembered that no field is declared for it any more
    record LiveColumn(String type, boolean required, Optional<String> defaultValue, boolean kept) {

        /// Whether its values are made of other columns.
        boolean generated() {
            return defaultValue.map(value -> value.startsWith("generated ")).orElse(false);
        }
    }

    /// @param kind the letter of `pg_constraint.contype`
    record LiveConstraint(char kind, String definition, List<String> columns) {}

    static LiveTable empty(boolean kept) {
        return new LiveTable(
                new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new TreeSet<>(), kept);
    }
}
