package dev.appos.authoring;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/// Knows the calls that answer something else each time, which a process body may not make: it runs again from the top.
final class Determinism {

    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.LocalTime",
            "java.time.ZonedDateTime", "java.time.OffsetDateTime", "java.time.OffsetTime", "java.time.Year",
            "java.time.YearMonth", "java.time.MonthDay");

    private static final Map<String, List<String>> CALLS = Map.of(
            "java.lang.Math", List.of("random"),
            "java.lang.StrictMath", List.of("random"),
            "java.lang.System", List.of("currentTimeMillis", "nanoTime", "identityHashCode"),
            "java.util.UUID", List.of("randomUUID"),
            "java.util.Calendar", List.of("getInstance"),
            "java.time.Clock", List.of("system", "systemUTC", "systemDefaultZone", "tick", "tickMillis", "tickSeconds",
                    "tickMinutes"),
            "java.time.InstantSource", List.of("system"));

    /// Made without arguments they take the clock or chance.
    private static final Set<String> CONSTRUCTORS = Set.of(
            "java.util.Random", "java.util.SplittableRandom", "java.util.Date", "java.util.GregorianCalendar");

    private Determinism() {}

    /// What to call it in a fault, if it is such a call.
    static Optional<String> unsteady(ExecutableElement called) {
        if (!(called.getEnclosingElement() instanceof TypeElement owner)) {
            return Optional.empty();
        }
        String type = owner.getQualifiedName().toString();
        String name = called.getSimpleName().toString();
        boolean bare = called.getParameters().isEmpty();
        if (called.getKind() == ElementKind.CONSTRUCTOR) {
            return CONSTRUCTORS.contains(type) && bare
                    ? Optional.of("new " + owner.getSimpleName() + "()")
                    : Optional.empty();
        }
        boolean clock = CLOCKS.contains(type) && name.equals("now");
        boolean shuffle = type.equals("java.util.Collections") && name.equals("shuffle")
                && called.getParameters().size() == 1;
        return clock || shuffle || CALLS.getOrDefault(type, List.of()).contains(name)
                ? Optional.of(owner.getSimpleName() + "." + name)
                : Optional.empty();
    }
}
