package dev.appos.record;

import dev.appos.base.Json;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// A column of a record's table: one of the platform's, or one for a field of the author.
///
/// @param field   the author's field, absent for columns of the platform
/// @param pattern the field's pattern, compiled
record Column(String name, ValueType type, Optional<FieldDefinition> field, Optional<Pattern> pattern) {

    static Column system(String name, ValueType type) {
        return new Column(name, type, Optional.empty(), Optional.empty());
    }

    static Column of(FieldDefinition field) {
        Optional<Pattern> pattern = field.limits().pattern().map(Limits.Pattern::regex).map(Pattern::compile);
        return new Column(field.name(), field.type(), Optional.of(field), pattern);
    }

    List<String> choices() {
        return field.map(FieldDefinition::choices).orElse(List.of());
    }

    /// The column by its bare name, for statements about one table.
    Field<Object> bare() {
        return DSL.field(DSL.name(name), dataType());
    }

    /// The column of the table that goes by this alias.
    Field<Object> in(String alias) {
        return DSL.field(DSL.name(alias, name), dataType());
    }

    /// What PostgreSQL gave as the value callers get.
    @Nullable Object read(@Nullable Object stored) {
        return stored instanceof JSONB json ? Json.read(json.data()) : stored;
    }

    /// A checked value as PostgreSQL gets it.
    @Nullable Object stored(@Nullable Object value) {
        return type.json() && value != null ? JSONB.valueOf(Json.write(value)) : value;
    }

    @SuppressWarnings("unchecked") // values are checked against the type before they come here
    DataType<Object> dataType() {
        DataType<?> found = switch (type) {
            case TEXT, CHOICE -> SQLDataType.CLOB;
            case INTEGER -> SQLDataType.INTEGER;
            case LONG, REFERENCE -> SQLDataType.BIGINT;
            case DECIMAL -> SQLDataType.NUMERIC;
            case BOOLEAN -> SQLDataType.BOOLEAN;
            case DATE -> SQLDataType.LOCALDATE;
            case INSTANT -> SQLDataType.INSTANT;
            case LIST, MAP -> SQLDataType.JSONB;
        };
        return (DataType<Object>) found;
    }
}
