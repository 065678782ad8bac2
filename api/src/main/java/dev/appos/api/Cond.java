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
        IS
    }

    /// A field against a value.
    ///
    /// @param path the field's column; `customer.status` reaches through a reference
    record Compare(String path, Operator operator, Object value) implements Cond {}

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
