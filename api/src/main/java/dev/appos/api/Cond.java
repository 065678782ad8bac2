package dev.appos.api;

import java.util.List;

/// A condition on records, as data, so that it can become SQL and can be analysed.
public sealed interface Cond {

    /// How a field is compared with a value.
    enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE,
        /// Case-sensitive, `*` stands for any characters.
        LIKE,
        /// Case-insensitive, `*` stands for any characters.
        ILIKE,
        /// The value is a list.
        IN,
        /// The value is `null`, `true` or `false`.
        IS,
        /// A regular expression of PostgreSQL's, case-sensitive.
        MATCH,
        /// The same, case-insensitive.
        IMATCH,
        /// A list or an object holds all of the value's.
        CONTAINS,
        /// A list or an object holds nothing but the value's.
        CONTAINED,
        /// A list shares an element with the value.
        OVERLAPS,
        /// The words of a text fit a search in PostgreSQL's own syntax; the value is a list of language and search.
        FTS,
        /// The same with plain words, all of which must be there.
        PLFTS,
        /// The same with a phrase.
        PHFTS,
        /// The same in the syntax of search engines.
        WFTS
    }

    /// A field against a value.
    ///
    /// @param path the field's column; `customer.status` reaches through a reference
    record Compare(String path, Operator operator, Object value) implements Cond {}

    /// A field against another field.
    ///
    /// @param operator one that orders or tells equal from different
    record Fields(String path, Operator operator, String other) implements Cond {}

    /// At least one of the records that refer to this one fits.
    ///
    /// @param path   the id they refer to; `customer.id` reaches through a reference
    /// @param ref    their record type
    /// @param column theirs that refers to it
    record Some(String path, String ref, String column, Cond where) implements Cond {}

    /// All of them.
    record And(List<Cond> conditions) implements Cond {

        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /// At least one of them.
    record Or(List<Cond> conditions) implements Cond {

        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /// The opposite.
    record Not(Cond condition) implements Cond {}

    /// This and the other.
    default Cond and(Cond other) {
        return new And(List.of(this, other));
    }

    /// This or the other.
    default Cond or(Cond other) {
        return new Or(List.of(this, other));
    }

    /// The opposite of this.
    default Cond not() {
        return new Not(this);
    }
}
