package dev.appos.api;

import java.util.Locale;

/// A value that a query answers, as data.
///
/// @param kind what is made of the column
/// @param path the column, reached through references with dots; empty for [Kind#COUNT], which counts records
public record Term(Kind kind, String path) {

    /// What is made of a column.
    public enum Kind {
        /// The column as it is.
        PLAIN(false),
        /// The first day of the year, in UTC; likewise for the shorter ones.
        YEAR(false),
        QUARTER(false),
        MONTH(false),
        WEEK(false),
        DAY(false),
        COUNT(true),
        /// How many different values there are.
        DISTINCT(true),
        SUM(true),
        AVG(true),
        MIN(true),
        MAX(true);

        private final boolean figure;

        Kind(boolean figure) {
            this.figure = figure;
        }

        /// Whether it is one value for a group of records.
        public boolean figure() {
            return figure;
        }
    }

    /// The name of the value in the answer, in orders and in conditions on groups: `customer.name`, `sum(total)`.
    public String name() {
        return kind == Kind.PLAIN ? path : kind.name().toLowerCase(Locale.ROOT) + "(" + path + ")";
    }

    /// The value of this name.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Term named(String name) {
        int open = name.indexOf('(');
        if (open < 0) {
            return new Term(Kind.PLAIN, name);
        }
        if (!name.endsWith(")")) {
            throw new IllegalArgumentException(name + " names no value of a query");
        }
        return new Term(
                Kind.valueOf(name.substring(0, open).toUpperCase(Locale.ROOT)),
                name.substring(open + 1, name.length() - 1));
    }
}
