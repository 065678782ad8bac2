package dev.appos.object;

/// What a field or an input holds. Each has one Java type, one column type and one form in JSON.
public enum ValueType {
    /// `String`, `varchar(n)` or `text`.
    TEXT("text"),
    /// `int`, `integer`.
    INTEGER("integer"),
    /// `long`, `bigint`.
    LONG("bigint"),
    /// `BigDecimal`, `numeric`; a JSON number with all its digits.
    DECIMAL("numeric"),
    /// `boolean`, `boolean`.
    BOOLEAN("boolean"),
    /// `LocalDate`, `date`.
    DATE("date"),
    /// `Instant`, `timestamptz`; ISO-8601 in UTC.
    INSTANT("timestamptz"),
    /// `LocalTime`, `time`; ISO-8601, to the microsecond.
    TIME("time"),
    /// `Duration`, `interval`; ISO-8601 such as `PT36H30M`, to the microsecond.
    DURATION("interval"),
    /// `UUID`, `uuid`; its usual text.
    UUID("uuid"),
    /// An enum of the author, text with a check; its name in JSON.
    CHOICE("text"),
    /// `List`, `jsonb`; all elements of one type.
    LIST("jsonb"),
    /// `Map`, `jsonb`.
    MAP("jsonb"),
    /// The `long` id of another record, `bigint` with a foreign key.
    REFERENCE("bigint");

    private final String sql;

    ValueType(String sql) {
        this.sql = sql;
    }

    /// The column type without length or precision.
    public String sql() {
        return sql;
    }

    public boolean textual() {
        return this == TEXT || this == CHOICE;
    }

    public boolean numeric() {
        return this == INTEGER || this == LONG || this == DECIMAL;
    }

    public boolean json() {
        return this == LIST || this == MAP;
    }
}
