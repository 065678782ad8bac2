package dev.appos.base;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what app code answers into what JSON can say: records become maps with snake-case keys, enums their names.
///
/// Records are read by reflection here and not by a JSON library, because a library would keep their classes for ever
/// and an old generation of apps could not be unloaded.
public final class Plain {

    private static final int MOST_DIGITS = 1_000;

    private Plain() {}

    /// `value` as maps, lists, texts, numbers, booleans, times and null.
    public static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((key, each) -> plain.put(String.valueOf(key), of(each)));
                yield plain;
            }
            case Collection<?> list -> list.stream().map(Plain::of).toList();
            case Enum<?> constant -> constant.name();
            case Record record -> fields(record);
            case BigDecimal number -> bounded(number);
            case Optional<?> optional -> of(optional.orElse(null));
            default -> value;
        };
    }

    /// Written out, a number with an exponent of millions would fill the memory.
    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "a number with more than " + MOST_DIGITS + " digits before or after its point is no answer");
        }
        return number;
    }

    private static Map<String, @Nullable Object> fields(Record record) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            plain.put(Names.snake(component.getName()), of(value(component, record)));
        }
        return plain;
    }

    /// The value of one component.
    public static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + record.getClass(), e);
        }
    }
}
