package dev.appos.authoring;

import dev.appos.object.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Java type holds in the platform's terms.
///
/// @param java      the full Java type, boxed
/// @param primitive whether it was written as a primitive
/// @param element   of a list
/// @param choices   the constants of an enum
record ValueShape(
        ValueType type, String java, boolean primitive, Optional<ValueShape> element, List<String> choices) {

    /// The supported types, as a remedy tells them.
    static final String SUPPORTED = "String, long, int, boolean, BigDecimal, LocalDate, Instant, LocalTime, Duration, "
            + "UUID, an enum of an app";

    private static final Map<String, ValueType> SIMPLE = Map.ofEntries(
            Map.entry("java.lang.String", ValueType.TEXT),
            Map.entry("java.lang.Long", ValueType.LONG),
            Map.entry("java.lang.Integer", ValueType.INTEGER),
            Map.entry("java.lang.Boolean", ValueType.BOOLEAN),
            Map.entry("java.math.BigDecimal", ValueType.DECIMAL),
            Map.entry("java.time.LocalDate", ValueType.DATE),
            Map.entry("java.time.Instant", ValueType.INSTANT),
            Map.entry("java.time.LocalTime", ValueType.TIME),
            Map.entry("java.time.Duration", ValueType.DURATION),
            Map.entry("java.util.UUID", ValueType.UUID),
            Map.entry("java.util.Map<java.lang.String,java.lang.Object>", ValueType.MAP));

    private static final Map<String, String> BOXES = Map.of(
            "long", "java.lang.Long", "int", "java.lang.Integer", "boolean", "java.lang.Boolean",
            "double", "java.lang.Double", "float", "java.lang.Float", "short", "java.lang.Short",
            "byte", "java.lang.Byte", "char", "java.lang.Character", "void", "java.lang.Void");

    /// An amount and its currency: two fields.
    static final String MONEY = ApiNames.PACKAGE + ".Money";

    static final ValueShape AMOUNT = new ValueShape(
            ValueType.DECIMAL, "java.math.BigDecimal", false, Optional.empty(), List.of());

    private static final String LIST = "java.util.List<";
    private static final String ENVIRONMENTS = ApiNames.PACKAGE + ".ByEnvironment<";

    /// Reads a full type name; empty for a type that neither a field nor an input can have.
    static Optional<ValueShape> of(String full, Shape shape) {
        String boxed = boxed(full);
        if (SIMPLE.containsKey(boxed)) {
            return Optional.of(new ValueShape(
                    SIMPLE.get(boxed), boxed, !boxed.equals(full), Optional.empty(), List.of()));
        }
        if (full.startsWith(LIST) && full.endsWith(">")) {
            return of(full.substring(LIST.length(), full.length() - 1), shape)
                    .map(element -> new ValueShape(ValueType.LIST, full, false, Optional.of(element), List.of()));
        }
        return shape.constants(full)
                .map(choices -> new ValueShape(ValueType.CHOICE, full, false, Optional.empty(), choices));
    }

    /// What a constant of this answer holds, also where it says one for each environment.
    static Optional<ValueShape> ofConstant(String full, Shape shape) {
        String value = full.startsWith(ENVIRONMENTS) ? full.substring(ENVIRONMENTS.length(), full.length() - 1) : full;
        return of(value, shape)
                .filter(ValueShape::fitsParameter)
                .filter(found -> found.choices().isEmpty()
                        && found.element().map(e -> e.choices().isEmpty()).orElse(true));
    }

    /// The reference type of a primitive; any other as it is.
    static String boxed(String type) {
        return BOXES.getOrDefault(type, type);
    }

    /// Whether a field can hold it: lists of lists and of maps lose the types of what is in them.
    boolean fitsField() {
        return element.map(e -> !e.type().json()).orElse(true);
    }

    /// Whether an input can hold it: lists of lists and of maps lose the types of what is in them.
    boolean fitsParameter() {
        return element.map(e -> !e.type().json()).orElse(true);
    }
}
