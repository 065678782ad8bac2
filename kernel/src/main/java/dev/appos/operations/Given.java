package dev.appos.operations;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Parameter;
import dev.appos.object.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The inputs of one call by name, of the types their parameters have; and the parameters themselves.
final class Given {

    /// The most items on a page.
    static final int LARGEST_PAGE = 500;

    private static final int USUAL_PAGE = 100;
    private static final int LONGEST_AMOUNT = 100;

    private final Map<String, Object> values;

    private Given(Map<String, Object> inputs) {
        this.values = inputs;
    }

    /// Does the work of a rule with what was given.
    @FunctionalInterface
    interface Body {
        @Nullable Object run(Permit permit, Given given);
    }

    /// A rule's body that takes its inputs in this form.
    static PlatformRule.Body body(Body body) {
        return (permit, inputs) -> body.run(permit, new Given(inputs));
    }

    static Parameter text(String name) {
        return new Parameter(name, ValueType.TEXT, Optional.empty(), false, List.of());
    }

    static Parameter choice(String name, List<String> choices) {
        return new Parameter(name, ValueType.CHOICE, Optional.empty(), false, choices);
    }

    static Parameter time(String name) {
        return new Parameter(name, ValueType.INSTANT, Optional.empty(), false, List.of());
    }

    static Parameter number(String name) {
        return new Parameter(name, ValueType.INTEGER, Optional.empty(), false, List.of());
    }

    static Parameter yesOrNo(String name) {
        return new Parameter(name, ValueType.BOOLEAN, Optional.empty(), false, List.of());
    }

    static Parameter object(String name) {
        return new Parameter(name, ValueType.MAP, Optional.empty(), false, List.of());
    }

    static Parameter texts(String name) {
        return new Parameter(name, ValueType.LIST, Optional.of(ValueType.TEXT), false, List.of());
    }

    /// The same parameter, which may be left out.
    static Parameter maybe(Parameter parameter) {
        return new Parameter(
                parameter.name(), parameter.type(), parameter.element(), true, parameter.choices());
    }

    String text(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    /// A text that must be given, as its parameter says.
    String required(String name) {
        return optional(name).orElseThrow();
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    Optional<Instant> instant(String name) {
        return Optional.ofNullable((Instant) values.get(name));
    }

    Optional<Boolean> yes(String name) {
        return Optional.ofNullable((Boolean) values.get(name));
    }

    UUID id(String name) {
        return optionalId(name).orElseThrow();
    }

    Optional<UUID> optionalId(String name) {
        return optional(name).map(written -> {
            try {
                return UUID.fromString(written);
            } catch (IllegalArgumentException _) {
                throw Refusal.invalid("The input", "/" + name, "form", "must be an id such as those in lists");
            }
        });
    }

    /// A list of texts, empty when left out.
    List<String> list(String name) {
        return optionalList(name).orElse(List.of());
    }

    Optional<List<String>> optionalList(String name) {
        return Optional.ofNullable((List<?>) values.get(name))
                .map(list -> list.stream().map(String.class::cast).toList());
    }

    Optional<Map<String, Object>> map(String name) {
        return Optional.ofNullable(values.get(name)).map(map -> Json.object(map, name));
    }

    /// How many items the caller wants on a page.
    int limit() {
        Integer limit = (Integer) values.get("limit");
        if (limit != null && (limit < 1 || limit > LARGEST_PAGE)) {
            throw Refusal.invalid("The input", "/limit", "range", "must be between 1 and " + LARGEST_PAGE);
        }
        return limit == null ? USUAL_PAGE : limit;
    }

    /// An amount of money or of anything else, exactly as it was written.
    static BigDecimal amount(Map<String, Object> map, String name, String path) {
        Object value = map.get(name);
        String written = value instanceof Number || value instanceof String ? value.toString() : "";
        if (!written.isEmpty() && written.length() <= LONGEST_AMOUNT) {
            try {
                return new BigDecimal(written);
            } catch (NumberFormatException _) {
                throw Refusal.invalid("The input", path, "type", "must be a number");
            }
        }
        throw Refusal.invalid("The input", path, value == null ? "required" : "type", "must be a number");
    }
}
