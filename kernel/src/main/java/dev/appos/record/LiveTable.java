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
record LiveTable(
        Map<String, LiveColumn> columns,
        Map<String, LiveConstraint> constraints,
        Map<String, String> indexes,
        Set<String> triggers) {

    /// @param type         as `format_type` has it: `character varying(120)`
    /// @param defaultValue or, behind the word `generated`, what the column is computed from
    record LiveColumn(String type, boolean required, Optional<String> defaultValue) {

        /// Whether its values are made of other columns.
        boolean generated() {
            return defaultValue.map(value -> value.startsWith("generated ")).orElse(false);
        }
    }

    /// @param kind the letter of `pg_constraint.contype`
    record LiveConstraint(char kind, String definition, List<String> columns) {}

    static LiveTable empty() {
        return new LiveTable(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new TreeSet<>());
    }
}
