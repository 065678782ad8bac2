package dev.appos.authoring;

import dev.appos.api.Digits;
import dev.appos.api.Max;
import dev.appos.api.Min;
import dev.appos.api.Size;
import dev.appos.object.Limits;
import dev.appos.object.ValueType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.element.Element;

/// Reads what a field's annotations allow, and refuses those that say nothing about its type.
final class LimitReader {

    private static final Set<ValueType> TEXT = EnumSet.of(ValueType.TEXT);
    private static final Set<ValueType> NUMBER = EnumSet.of(ValueType.INTEGER, ValueType.LONG, ValueType.DECIMAL);

    /// On which types each annotation means something.
    private static final Map<String, Set<ValueType>> FITS = Map.of(
            "NotBlank", TEXT, "Email", TEXT, "Size", TEXT, "Pattern", TEXT, "Min", NUMBER, "Max", NUMBER,
            "Digits", EnumSet.of(ValueType.DECIMAL),
            "Unique", EnumSet.complementOf(EnumSet.of(ValueType.LIST, ValueType.MAP)));

    /// PostgreSQL's longest `varchar` and most digits.
    private static final int LONGEST_TEXT = 10_485_760;
    private static final int MOST_DIGITS = 1000;

    private final SourceFile file;
    private final Faults faults;

    LimitReader(SourceFile file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Limits read(Shape.ComponentShape component, Element element, ValueType type) {
        FITS.forEach((annotation, types) -> {
            if (component.annotations().containsKey(annotation) && !types.contains(type)) {
                fault(component, annotation, "@" + annotation + " says nothing about " + words(type),
                        "Take it away, or put it on " + (types == TEXT ? "a String" : types == NUMBER
                                ? "a number" : annotation.equals("Digits") ? "a BigDecimal" : "a plain value") + ".");
            }
        });
        Optional<Size> size = Optional.ofNullable(element.getAnnotation(Size.class));
        Optional<Min> min = Optional.ofNullable(element.getAnnotation(Min.class));
        Optional<Max> max = Optional.ofNullable(element.getAnnotation(Max.class));
        Optional<Digits> digits = Optional.ofNullable(element.getAnnotation(Digits.class));
        size.filter(s -> s.min() < 0 || s.max() < 1 || s.min() > s.max()
                        || s.max() > LONGEST_TEXT && s.max() != Integer.MAX_VALUE)
                .ifPresent(s -> fault(component, "Size", "no text has a length between " + s.min() + " and " + s.max(),
                        "Give a max from 1 to " + LONGEST_TEXT + ", and a min that is not greater."));
        min.filter(low -> max.filter(high -> high.value() < low.value()).isPresent())
                .ifPresent(low -> fault(component, "Min", "@Min is greater than @Max", "Swap the two."));
        digits.filter(d -> d.integer() < 0 || d.fraction() < 0 || d.integer() + d.fraction() < 1
                        || d.integer() + d.fraction() > MOST_DIGITS)
                .ifPresent(d -> fault(component, "Digits", "a decimal has 1 to " + MOST_DIGITS + " digits",
                        "Write for example @Digits(fraction = 2)."));
        return new Limits(
                element.getAnnotation(dev.appos.api.NotBlank.class) != null,
                element.getAnnotation(dev.appos.api.Email.class) != null,
                size.filter(s -> s.min() > 0).map(s -> OptionalInt.of(s.min())).orElse(OptionalInt.empty()),
                size.filter(s -> s.max() < Integer.MAX_VALUE).map(s -> OptionalInt.of(s.max()))
                        .orElse(OptionalInt.empty()),
                min.map(m -> OptionalLong.of(m.value())).orElse(OptionalLong.empty()),
                max.map(m -> OptionalLong.of(m.value())).orElse(OptionalLong.empty()),
                digits.map(d -> new Limits.Digits(d.integer(), d.fraction())),
                pattern(component, element));
    }

    private Optional<Limits.Pattern> pattern(Shape.ComponentShape component, Element element) {
        Optional<dev.appos.api.Pattern> given =
                Optional.ofNullable(element.getAnnotation(dev.appos.api.Pattern.class));
        given.ifPresent(p -> {
            try {
                Pattern.compile(p.value());
            } catch (PatternSyntaxException e) {
                fault(component, "Pattern", "the pattern cannot be read: " + e.getDescription(),
                        "Correct it near character " + (e.getIndex() + 1) + ".");
            }
        });
        return given.map(p -> new Limits.Pattern(p.value(), p.message()));
    }

    private void fault(Shape.ComponentShape component, String annotation, String message, String remedy) {
        int offset = component.annotations().getOrDefault(annotation, component.offset());
        faults.add(file, offset, component.name() + ": " + message, remedy);
    }

    private static String words(ValueType type) {
        return switch (type) {
            case TEXT -> "a text";
            case INTEGER, LONG -> "a whole number";
            case DECIMAL -> "a decimal";
            case BOOLEAN -> "a boolean";
            case DATE -> "a date";
            case INSTANT -> "an instant";
            case CHOICE -> "an enum";
            case LIST -> "a list";
            case MAP -> "a map";
            case REFERENCE -> "a reference";
        };
    }
}
