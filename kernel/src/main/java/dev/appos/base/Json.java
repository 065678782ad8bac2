package dev.appos.base;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the platform reads and writes it: decimals exact, times in ISO-8601, no duplicate keys, bounded depth.
///
/// Values are plain Java: `Map`, `List`, `String`, `Boolean`, `Integer`, `Long`, `BigInteger`, `BigDecimal`, `null`.
public final class Json {

    /// Deeper input is refused: nothing the platform reads needs it, and a stack is finite.
    public static final int DEEPEST = 100;

    /// A longer number is refused: it costs more to read than it can mean.
    private static final int LONGEST_NUMBER = 400;

    /// A number of more digits, before or after its point, means nothing and fills the memory when it is written out.
    private static final int LARGEST_EXPONENT = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper CANONICAL =
            MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Json() {}

    /// Reads any JSON value.
    ///
    /// @throws Refusal naming line and column when the text is not JSON
    public static @Nullable Object read(byte[] json) {
        try {
            return bounded(MAPPER.readValue(json, Object.class));
        } catch (JacksonException e) {
            throw unreadable(e);
        } catch (NumberFormatException _) {
            throw tooLarge();
        }
    }

    /// Reads any JSON value.
    ///
    /// @throws Refusal naming line and column when the text is not JSON
    public static @Nullable Object read(String json) {
        try {
            return bounded(MAPPER.readValue(json, Object.class));
        } catch (JacksonException e) {
            throw unreadable(e);
        } catch (NumberFormatException _) {
            throw tooLarge();
        }
    }

    /// Writes plain values, records and times.
    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Writes plain values as UTF-8.
    public static byte[] bytes(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// Writes with keys in order, so that equal values have equal text: what a digest is taken of.
    public static String canonical(@Nullable Object value) {
        return CANONICAL.writeValueAsString(value);
    }

    /// The object `value` is.
    ///
    /// @throws Refusal if it is not a JSON object
    @SuppressWarnings("unchecked") // keys of a JSON object are texts
    public static Map<String, Object> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw Refusal.malformed(what + " must be a JSON object.", "Send {\"name\": value, …}.");
    }

    /// The list `value` is.
    ///
    /// @throws Refusal if it is not a JSON array
    @SuppressWarnings("unchecked") // elements are any JSON value
    public static List<Object> array(@Nullable Object value, String what) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw Refusal.malformed(what + " must be a JSON array.", "Send [value, …].");
    }

    /// The mapper itself, for those who stream.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    private static @Nullable Object bounded(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> map.values().forEach(Json::bounded);
            case List<?> list -> list.forEach(Json::bounded);
            case BigDecimal number -> {
                if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
                    throw tooLarge();
                }
            }
            case null, default -> { }
        }
        return value;
    }

    private static Refusal tooLarge() {
        return Refusal.malformed(
                "The body holds a number beyond 10^" + LARGEST_EXPONENT + ".", "Send a number that means something.");
    }

    private static Refusal unreadable(JacksonException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line %d, column %d".formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return Refusal.malformed("The body is not JSON%s: %s.".formatted(where, e.getOriginalMessage()),
                "Send one JSON value in UTF-8.");
    }
}
