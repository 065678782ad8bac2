package dev.appos.dispatch;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.registry.Snapshot;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers as JSON that remembers their Java types, so that a replay gives back exactly what was answered.
///
/// Texts, booleans, lists and null stand for themselves; everything else is `{"@": type, "v": value}`. Records and
/// enums of apps are kept by class name and are looked up in the class loader of the apps that read them.
public final class Typed {

    private static final String TYPE = "@";
    private static final String VALUE = "v";

    private Typed() {}

    /// Writes an answer.
    ///
    /// @throws IllegalArgumentException naming the type, if it is one that cannot be kept
    public static String write(@Nullable Object answer) {
        return Json.write(encode(answer));
    }

    /// Reads what [#write] wrote.
    ///
    /// @param apps where the classes of apps are found
    public static @Nullable Object read(String json, ClassLoader apps) {
        return decode(Json.read(json), apps);
    }

    private static @Nullable Object encode(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Integer number -> tagged("int", number.toString());
            case Long number -> tagged("long", number.toString());
            case BigDecimal number -> tagged("decimal", number.toString());
            case Double number -> tagged("double", number.toString());
            case LocalDate date -> tagged("date", date.toString());
            case Instant instant -> tagged("instant", instant.toString());
            case Duration duration -> tagged("duration", duration.toString());
            case UUID id -> tagged("uuid", id.toString());
            case Enum<?> constant -> tagged(constant.getDeclaringClass().getName(), constant.name());
            case Collection<?> list -> encodeAll(list);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                map.forEach((key, each) -> values.put((String) key, encode(each)));
                yield tagged("map", values);
            }
            case Record record -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    values.put(component.getName(), encode(Plain.value(component, record)));
                }
                yield tagged(record.getClass().getName(), values);
            }
            default -> throw new IllegalArgumentException(value.getClass().getName()
                    + " cannot be kept as an answer; return a number, text, date, list, map or record.");
        };
    }

    private static List<@Nullable Object> encodeAll(Collection<?> values) {
        List<@Nullable Object> encoded = new ArrayList<>(values.size());
        values.forEach(value -> encoded.add(encode(value)));
        return encoded;
    }

    private static Map<String, Object> tagged(String type, Object value) {
        return Map.of(TYPE, type, VALUE, value);
    }

    private static @Nullable Object decode(@Nullable Object json, ClassLoader apps) {
        if (json instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>(list.size());
            list.forEach(each -> values.add(decode(each, apps)));
            return values;
        }
        if (!(json instanceof Map<?, ?> tagged)) {
            return json;
        }
        Object value = tagged.get(VALUE);
        return switch (String.valueOf(tagged.get(TYPE))) {
            case "int" -> Integer.valueOf((String) value);
            case "long" -> Long.valueOf((String) value);
            case "decimal" -> new BigDecimal((String) value);
            case "double" -> Double.valueOf((String) value);
            case "date" -> LocalDate.parse((String) value);
            case "instant" -> Instant.parse((String) value);
            case "duration" -> Duration.parse((String) value);
            case "uuid" -> UUID.fromString((String) value);
            case "map" -> decodeMap((Map<?, ?>) value, apps);
            default -> decodeNamed((String) tagged.get(TYPE), value, apps);
        };
    }

    private static Map<String, @Nullable Object> decodeMap(Map<?, ?> values, ClassLoader apps) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        values.forEach((key, each) -> map.put((String) key, decode(each, apps)));
        return map;
    }

    private static Object decodeNamed(String type, @Nullable Object value, ClassLoader apps) {
        try {
            Class<?> named = Class.forName(type, true, apps);
            if (value instanceof String constant) {
                return Arrays.stream(named.getEnumConstants())
                        .filter(each -> ((Enum<?>) each).name().equals(constant))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(type + " has no " + constant + " any more"));
            }
            Map<String, @Nullable Object> values = decodeMap((Map<?, ?>) value, apps);
            RecordComponent[] components = named.getRecordComponents();
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] arguments = Arrays.stream(components).map(c -> values.get(c.getName())).toArray();
            return named.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a kept answer of type " + type + " cannot be read by today's code", e);
        }
    }

    /// Where the classes of the apps are found.
    static ClassLoader apps(Snapshot snapshot) {
        return snapshot.apps().keySet().stream()
                .findFirst()
                .map(app -> snapshot.code(app).getClass().getClassLoader())
                .orElse(Typed.class.getClassLoader());
    }
}
