package dev.appos.record;

import dev.appos.api.Cond;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// How the value of a comparison gets into a statement.
@FunctionalInterface
interface Bind {

    /// As it is: the statement is for one call.
    Bind VALUE = (_, _, value, type) -> DSL.val(value, type);

    /// The field that stands for the value.
    ///
    /// @param column what is compared
    /// @param value  what the comparison's value is for that column; an array for a list
    Field<?> value(Column column, Cond.Compare compare, Object value, DataType<?> type);
}
