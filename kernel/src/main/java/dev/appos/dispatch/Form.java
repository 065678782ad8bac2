package dev.appos.dispatch;

import dev.appos.api.NotBlank;
import dev.appos.api.NotEmpty;
import dev.appos.api.NotNull;
import dev.appos.base.Names;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Parameter;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a person or another system has to send, as an author's type says it: an object with a field for each component
/// of a record, or with one field `value` for anything that is no record.
///
/// @param type   a record of an app, or a text, number, truth value, date, time, UUID or enum
/// @param fields as they stand in JSON; a component may be left out unless it is primitive or `@NotNull`, `@NotBlank`
///               or `@NotEmpty`
public record Form(Class<?> type, List<Parameter> fields) {

    /// The field of what is no record.
    public static final String VALUE = "value";

    private static final Map<Class<?>, ValueType> TYPES = Map.ofEntries(
            Map.entry(String.class, ValueType.TEXT),
            Map.entry(int.class, ValueType.INTEGER),
            Map.entry(Integer.class, ValueType.INTEGER),
            Map.entry(long.class, ValueType.LONG),
            Map.entry(Long.class, ValueType.LONG),
            Map.entry(BigDecimal.class, ValueType.DECIMAL),
            Map.entry(boolean.class, ValueType.BOOLEAN),
            Map.entry(Boolean.class, ValueType.BOOLEAN),
            Map.entry(LocalDate.class, ValueType.DATE),
            Map.entry(Instant.class, ValueType.INSTANT),
            Map.entry(LocalTime.class, ValueType.TIME),
            Map.entry(Duration.class, ValueType.DURATION),
            Map.entry(UUID.class, ValueType.UUID));

    public Form {
        fields = List.copyOf(fields);
    }

    /// The form of a type.
    ///
    /// @throws IllegalArgumentException naming what cannot be sent
    public static Form of(Class<?> type) {
        if (!type.isRecord()) {
            if (type.isPrimitive()) {
                throw new IllegalArgumentException(type + " cannot be sent; name the class, such as Long.class.");
            }
            return new Form(type, List.of(field(VALUE, type, type, true)));
        }
        return new Form(type, Arrays.stream(type.getRecordComponents())
                .map(each -> field(Names.snake(each.getName()), each.getType(), each.getGenericType(), must(each)))
                .toList());
    }

    /// The form of a type that an object of the apps names.
    ///
    /// @throws IllegalArgumentException if it is not there any more, or cannot be sent
    public static Form of(Snapshot snapshot, Ref object, String type) {
        try {
            return of(Class.forName(type, true, snapshot.code(object.app()).getClass().getClassLoader()));
        } catch (ClassNotFoundException _) {
            throw new IllegalArgumentException("there is no " + type + " any more");
        }
    }

    /// For people and screens: `type`, and `fields` with `name, type, required` and for enums `choices`.
    public Map<String, Object> described() {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Parameter field : fields) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", field.name());
            one.put("type", field.type().name().toLowerCase(Locale.ROOT));
            one.put("required", !field.nullable());
            if (!field.choices().isEmpty()) {
                one.put("choices", field.choices());
            }
            described.add(one);
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", type.getName());
        form.put("fields", described);
        return form;
    }

    private static boolean must(RecordComponent component) {
        return component.getType().isPrimitive()
                || component.isAnnotationPresent(NotNull.class)
                || component.isAnnotationPresent(NotBlank.class)
                || component.isAnnotationPresent(NotEmpty.class);
    }

    private static Parameter field(String name, Class<?> type, Type generic, boolean must) {
        if (List.class == type && generic instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element) {
            return new Parameter(name, ValueType.LIST, Optional.of(simple(name, element)), !must, choices(element));
        }
        return new Parameter(name, simple(name, type), Optional.empty(), !must, choices(type));
    }

    private static ValueType simple(String name, Class<?> type) {
        if (type.isEnum()) {
            return ValueType.CHOICE;
        }
        ValueType known = TYPES.get(type);
        if (known == null) {
            throw new IllegalArgumentException(name + " is a " + type.getSimpleName()
                    + ", which cannot be sent; use texts, numbers, truth values, dates, enums, or lists of them.");
        }
        return known;
    }

    private static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList()
                : List.of();
    }

    /// A value as its sender would write it: the opposite of [#read].
    public static Map<String, Object> fields(@Nullable Object value) {
        Object plain = Plain.of(value);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (plain instanceof Map<?, ?> map) {
            map.forEach((name, each) -> fields.put(String.valueOf(name), each));
        } else {
            fields.put(VALUE, plain);
        }
        return fields;
    }

    /// Reads what was sent.
    ///
    /// @param what for messages: `The signal paid`
    /// @throws Refusal naming every field that is missing, unknown or of the wrong type
    public Object read(String what, Map<String, ?> sent) {
        @Nullable Object[] values = Arguments.of(what, fields, sent);
        if (!type.isRecord()) {
            return java(type, type, values[0]);
        }
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < values.length; i++) {
            blank(what, components[i], values[i]);
            values[i] = java(components[i].getType(), components[i].getGenericType(), values[i]);
        }
        return made(what, components, values);
    }

    private static void blank(String what, RecordComponent component, @Nullable Object value) {
        boolean empty = value instanceof String text && text.isBlank() && component.isAnnotationPresent(NotBlank.class)
                || value instanceof Collection<?> list && list.isEmpty()
                        && component.isAnnotationPresent(NotEmpty.class);
        if (empty) {
            throw Refusal.invalid(what, "/" + Names.snake(component.getName()), "blank", "must not be blank");
        }
    }

    private Object made(String what, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            // The author's own constructor refused it.
            throw Refusal.invalid(what, "", "invalid", String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static @Nullable Object java(Class<?> type, Type generic, @Nullable Object value) {
        if (type.isEnum() && value instanceof String name) {
            return constant(type, name);
        }
        boolean enums = value instanceof List<?> && generic instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element && element.isEnum();
        if (!enums) {
            return value;
        }
        Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
        return ((List<?>) value).stream().map(each -> constant(element, (String) each)).toList();
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
