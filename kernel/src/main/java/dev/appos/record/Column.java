package dev.appos.record;

import dev.appos.base.Json;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.Origin;
import dev.appos.object.ValueType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /// Where its value comes from in a new row.
    Origin origin() {
        return field.map(FieldDefinition::origin).orElse(Origin.GIVEN);
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

    /// The value callers get, from this place of a result, counted from 1.
    @Nullable Object read(ResultSet result, int place) throws SQLException {
        Object value = switch (type) {
            case TEXT, CHOICE -> result.getString(place);
            case INTEGER -> result.getInt(place);
            case LONG, REFERENCE -> result.getLong(place);
            case DECIMAL -> result.getBigDecimal(place);
            case BOOLEAN -> result.getBoolean(place);
            case DATE -> result.getObject(place, LocalDate.class);
            case INSTANT -> {
                OffsetDateTime time = result.getObject(place, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case TIME -> result.getObject(place, LocalTime.class);
            case DURATION -> Intervals.read(result.getObject(place));
            case UUID -> result.getObject(place, UUID.class);
            case LIST, MAP -> {
                String json = result.getString(place);
                yield json == null ? null : Json.read(json);
            }
        };
        return result.wasNull() ? null : value;
    }

    /// A value still to be given, as a statement written out beforehand holds it.
    Field<Object> value() {
        return DSL.param(name, dataType());
    }

    /// Gives a checked value to a statement, at this place counted from 1.
    void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (type) {
            case TEXT, CHOICE -> statement.setString(place, (String) value);
            case INTEGER -> statement.setObject(place, value, Types.INTEGER);
            case LONG, REFERENCE -> statement.setObject(place, value, Types.BIGINT);
            case DECIMAL -> statement.setBigDecimal(place, (BigDecimal) value);
            case BOOLEAN -> statement.setObject(place, value, Types.BOOLEAN);
            case DATE -> statement.setObject(place, value, Types.DATE);
            case INSTANT -> statement.setObject(
                    place,
                    value == null ? null : ((Instant) value).atOffset(ZoneOffset.UTC),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            case TIME -> statement.setObject(place, value, Types.TIME);
            case DURATION -> statement.setObject(place, value == null ? null : value.toString(), Types.OTHER);
            case UUID -> statement.setObject(place, value, Types.OTHER);
            case LIST, MAP -> statement.setString(place, value == null ? null : Json.write(value));
        }
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
            case TIME -> SQLDataType.LOCALTIME;
            case DURATION -> Intervals.TYPE;
            case UUID -> SQLDataType.UUID;
            case LIST, MAP -> SQLDataType.JSONB;
        };
        return (DataType<Object>) found;
    }
}
