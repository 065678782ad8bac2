package dev.appos.authoring;

import dev.appos.api.Digits;
import dev.appos.api.Future;
import dev.appos.api.FutureOrPresent;
import dev.appos.api.NotEmpty;
import dev.appos.api.Past;
import dev.appos.api.PastOrPresent;
import dev.appos.api.Size;
import dev.appos.object.Limits;
import dev.appos.object.Limits.Tense;
import dev.appos.object.ValueType;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.element.Element;

/// Reads what a field's annotations allow, and refuses those that say nothing about its type.
final class LimitReader {

    private static final Set<ValueType> TEXT = EnumSet.of(ValueType.TEXT);
    private static final Set<ValueType> MANY = EnumSet.of(ValueType.TEXT, ValueType.LIST);
    private static final Set<ValueType> NUMBER = EnumSet.of(ValueType.INTEGER, ValueType.LONG, ValueType.DECIMAL);
    private static final Set<ValueType> MOMENT = EnumSet.of(ValueType.DATE, ValueType.INSTANT);

    /// On which types an annotation means something, and what to say they are.
    private record Fit(Set<ValueType> types, String words) {}

    private static final Map<String, Fit> FITS = fits();

    /// PostgreSQL's longest `varchar` and most digits.
    private static final int LONGEST_TEXT = 10_485_760;
    private static final int MOST_DIGITS = 1000;

    private final SourceFile file;
    private final Faults faults;
    private final BoundReader bounds;

    LimitReader(SourceFile file, Faults faults) {
        this.file = file;
        this.faults = faults;
        this.bounds = new BoundReader(file, faults);
    }

    Limits read(Shape.ComponentShape component, Element element, ValueType type) {
        FITS.forEach((annotation, fit) -> {
            if (component.annotations().containsKey(annotation) && !fit.types().contains(type)) {
                fault(component, annotation, "@" + annotation + " says nothing about " + words(type),
                        "Take it away, or put it on " + fit.words() + ".");
            }
        });
        Optional<Size> size = Optional.ofNullable(element.getAnnotation(Size.class));
        Optional<Digits> digits = Optional.ofNullable(element.getAnnotation(Digits.class));
        size.filter(s -> s.min() < 0 || s.max() < 1 || s.min() > s.max()
                        || s.max() > LONGEST_TEXT && s.max() != Integer.MAX_VALUE)
                .ifPresent(s -> fault(component, "Size", "no text has a length between " + s.min() + " and " + s.max(),
                        "Give a max from 1 to " + LONGEST_TEXT + ", and a min that is not greater."));
        digits.filter(d -> d.integer() < 0 || d.fraction() < 0 || d.integer() + d.fraction() < 1
                        || d.integer() + d.fraction() > MOST_DIGITS)
                .ifPresent(d -> fault(component, "Digits", "a decimal has 1 to " + MOST_DIGITS + " digits",
                        "Write for example @Digits(fraction = 2)."));
        int least = Math.max(size.map(Size::min).orElse(0), element.getAnnotation(NotEmpty.class) == null ? 0 : 1);
        return new Limits(
                element.getAnnotation(dev.appos.api.NotBlank.class) != null,
                element.getAnnotation(dev.appos.api.Email.class) != null,
                least > 0 ? OptionalInt.of(least) : OptionalInt.empty(),
                size.filter(s -> s.max() < Integer.MAX_VALUE).map(s -> OptionalInt.of(s.max()))
                        .orElse(OptionalInt.empty()),
                bounds.min(component, element),
                bounds.max(component, element),
                digits.map(d -> new Limits.Digits(d.integer(), d.fraction())),
                pattern(component, element),
                tense(element));
    }

    private static Optional<Tense> tense(Element element) {
        if (element.getAnnotation(Past.class) != null) {
            return Optional.of(Tense.PAST);
        }
        if (element.getAnnotation(PastOrPresent.class) != null) {
            return Optional.of(Tense.PAST_OR_PRESENT);
        }
        if (element.getAnnotation(Future.class) != null) {
            return Optional.of(Tense.FUTURE);
        }
        return element.getAnnotation(FutureOrPresent.class) != null
                ? Optional.of(Tense.FUTURE_OR_PRESENT)
                : Optional.empty();
    }

    private static Map<String, Fit> fits() {
        Map<String, Fit> fits = new LinkedHashMap<>();
        List.of("NotBlank", "Email", "Pattern").forEach(each -> fits.put(each, new Fit(TEXT, "a String")));
        fits.put("Size", new Fit(MANY, "a String or a List"));
        fits.put("NotEmpty", new Fit(EnumSet.of(ValueType.TEXT, ValueType.LIST, ValueType.MAP),
                "a String, a List or a Map"));
        BoundReader.ANNOTATIONS.forEach(each -> fits.put(each, new Fit(NUMBER, "a number")));
        List.of("Past", "PastOrPresent", "Future", "FutureOrPresent")
                .forEach(each -> fits.put(each, new Fit(MOMENT, "a LocalDate or an Instant")));
        fits.put("Digits", new Fit(EnumSet.of(ValueType.DECIMAL), "a BigDecimal"));
        fits.put("Unique", new Fit(EnumSet.complementOf(EnumSet.of(ValueType.LIST, ValueType.MAP)), "a plain value"));
        fits.put("RunningNumber", new Fit(TEXT, "a String"));
        return fits;
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
            case TIME -> "a time of day";
            case DURATION -> "a duration";
            case UUID -> "a UUID";
            case CHOICE -> "an enum";
            case LIST -> "a list";
            case MAP -> "a map";
            case REFERENCE -> "a reference";
        };
    }
}
