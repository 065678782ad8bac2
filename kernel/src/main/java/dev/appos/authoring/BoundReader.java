package dev.appos.authoring;

import dev.appos.api.DecimalMax;
import dev.appos.api.DecimalMin;
import dev.appos.api.Max;
import dev.appos.api.Min;
import dev.appos.api.Negative;
import dev.appos.api.NegativeOrZero;
import dev.appos.api.Positive;
import dev.appos.api.PositiveOrZero;
import dev.appos.object.Limits.Bound;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;

/// Reads between which numbers a field lies; of several bounds on one side the narrowest counts.
final class BoundReader {

    static final List<String> ANNOTATIONS = List.of(
            "Min", "Max", "DecimalMin", "DecimalMax", "Positive", "PositiveOrZero", "Negative", "NegativeOrZero");

    private static final int MOST_DIGITS = 1000;

    /// Of two equal bounds that one is the narrower which is not allowed itself.
    private static final Comparator<Bound> FROM_BELOW =
            Comparator.comparing(Bound::value).thenComparing(bound -> !bound.inclusive());
    private static final Comparator<Bound> FROM_ABOVE =
            Comparator.comparing(Bound::value).thenComparing(Bound::inclusive);

    private final SourceFile file;
    private final Faults faults;

    BoundReader(SourceFile file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Optional<Bound> min(Shape.ComponentShape component, Element element) {
        List<Bound> bounds = new ArrayList<>();
        given(element, Min.class).ifPresent(min -> bounds.add(Bound.of(min.value())));
        given(element, DecimalMin.class)
                .flatMap(min -> decimal(component, "DecimalMin", min.value(), min.inclusive())).ifPresent(bounds::add);
        given(element, Positive.class).ifPresent(_ -> bounds.add(new Bound(BigDecimal.ZERO, false)));
        given(element, PositiveOrZero.class).ifPresent(_ -> bounds.add(new Bound(BigDecimal.ZERO, true)));
        return bounds.stream().max(FROM_BELOW);
    }

    Optional<Bound> max(Shape.ComponentShape component, Element element) {
        List<Bound> bounds = new ArrayList<>();
        given(element, Max.class).ifPresent(max -> bounds.add(Bound.of(max.value())));
        given(element, DecimalMax.class)
                .flatMap(max -> decimal(component, "DecimalMax", max.value(), max.inclusive())).ifPresent(bounds::add);
        given(element, Negative.class).ifPresent(_ -> bounds.add(new Bound(BigDecimal.ZERO, false)));
        given(element, NegativeOrZero.class).ifPresent(_ -> bounds.add(new Bound(BigDecimal.ZERO, true)));
        Optional<Bound> max = bounds.stream().min(FROM_ABOVE);
        Optional<Bound> min = max.isEmpty() ? Optional.empty() : min(component, element);
        if (min.isPresent()) {
            int order = min.get().value().compareTo(max.get().value());
            boolean nothing = order > 0 || order == 0 && !(min.get().inclusive() && max.get().inclusive());
            if (nothing) {
                String at = ANNOTATIONS.stream().filter(component.annotations()::containsKey).findFirst().orElse("");
                boolean plain = at.equals("Min") && component.annotations().containsKey("Max");
                fault(component, at, plain ? "@Min is greater than @Max" : "no number lies between its bounds",
                        plain ? "Swap the two." : "Take one of them away, or swap them.");
            }
        }
        return max;
    }

    private static <A extends java.lang.annotation.Annotation> Optional<A> given(Element element, Class<A> type) {
        return Optional.ofNullable(element.getAnnotation(type));
    }

    private Optional<Bound> decimal(
            Shape.ComponentShape component, String annotation, String written, boolean inclusive) {
        try {
            BigDecimal value = new BigDecimal(written);
            if (value.precision() <= MOST_DIGITS && Math.abs((long) value.scale()) <= MOST_DIGITS) {
                return Optional.of(new Bound(value, inclusive));
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        fault(component, annotation, "\"" + written + "\" is no number", "Write it in digits: \"0.5\".");
        return Optional.empty();
    }

    private void fault(Shape.ComponentShape component, String annotation, String message, String remedy) {
        int offset = component.annotations().getOrDefault(annotation, component.offset());
        faults.add(file, offset, component.name() + ": " + message, remedy);
    }
}
