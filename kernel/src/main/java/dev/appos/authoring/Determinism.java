package dev.appos.authoring;

import dev.appos.api.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/// Knows what a process body may not do outside its steps, as it runs from the top again: ask the clock or chance, and
/// read, write or run anything through the door.
final class Determinism {

    /// What is wrong, with `%s` in the place of the process, and what to do.
    record Hazard(String message, String remedy) {}

    private static final String IN_A_STEP = "Put it in a step, so that its answer is kept: step(\"…\", () -> …).";

    /// Methods of record sets and queries that go through the door; the others only describe.
    private static final Set<String> DATA = Set.of(
            "get", "row", "find", "count", "sum", "create", "update", "delete", "list", "rows", "first");

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
            "java.time.InstantSource", List.of("system"),
            "java.util.Locale", List.of("getDefault"),
            "java.util.TimeZone", List.of("getDefault"),
            "java.time.ZoneId", List.of("systemDefault"));

    /// Words that work only in a step: a body is told so when it runs, and here before.
    private static final Map<String, List<String>> WORDS = Map.of(
            "dev.appos.api.Ctx", List.of("state", "session", "log"),
            "dev.appos.api.Words", List.of("environment", "appConfig"));

    /// Made without arguments they take the clock or chance.
    private static final Set<String> CONSTRUCTORS = Set.of(
            "java.util.Random", "java.util.SplittableRandom", "java.util.Date", "java.util.GregorianCalendar");

    private Determinism() {}

    /// What is wrong with calling this outside a step, if anything is.
    static Optional<Hazard> of(ExecutableElement called) {
        if (!(called.getEnclosingElement() instanceof TypeElement owner)) {
            return Optional.empty();
        }
        return unsteady(called, owner)
                .map(call -> new Hazard(call + " answers something else when the process %s runs again",
                        call.endsWith(".now") || call.startsWith("System.current")
                                ? "Use ctx.now(), or put it in a step: step(\"…\", () -> …)."
                                : IN_A_STEP))
                .or(() -> throughTheDoor(called, owner));
    }

    /// A clause that catches everything would catch the platform's way to let a process wait.
    static Optional<Hazard> ofCatching(TypeElement caught) {
        String type = caught.getQualifiedName().toString();
        return type.equals("java.lang.Throwable") || type.equals("java.lang.Error")
                ? Optional.of(new Hazard(
                        "catching " + caught.getSimpleName() + " would keep the process %s from waiting",
                        "Catch Exception, or what you mean."))
                : Optional.empty();
    }

    private static Optional<Hazard> throughTheDoor(ExecutableElement called, TypeElement owner) {
        String name = called.getSimpleName().toString();
        String type = owner.getQualifiedName().toString();
        boolean data = DATA.contains(name)
                && (type.equals("dev.appos.api.RecordSet") || type.equals("dev.appos.api.Query"));
        ObjectRef ref = called.getAnnotation(ObjectRef.class);
        boolean rule = ref != null && ref.value().contains(".rules.")
                || type.matches("dev\\.appos\\.api\\.Rule[0-4]") && name.equals("call");
        boolean constant = ref != null && ref.value().contains(".constants.")
                || type.equals("dev.appos.api.Const") && name.equals("run");
        ObjectRef outer = owner.getAnnotation(ObjectRef.class);
        boolean start = (name.equals("start") || name.equals("signal"))
                && outer != null && outer.value().contains(".processes.");
        if (rule) {
            return Optional.of(new Hazard("the rule " + name + " would run again whenever the process %s does",
                    "Name it in a step: step(\"…\", rules." + name + ", …)."));
        }
        if (constant) {
            return Optional.of(new Hazard("the constant " + name + " may be another when the process %s runs again",
                    IN_A_STEP));
        }
        if (WORDS.getOrDefault(type, List.of()).contains(name)) {
            return Optional.of(new Hazard(name + " works in the steps of the process %s and not between them",
                    "Put it in a step: step(\"…\", () -> …)."));
        }
        return data || start
                ? Optional.of(new Hazard(name + " would happen again whenever the process %s does", IN_A_STEP))
                : Optional.empty();
    }

    /// What to call it in a fault, if it asks the clock or chance.
    private static Optional<String> unsteady(ExecutableElement called, TypeElement owner) {
        String type = owner.getQualifiedName().toString();
        String name = called.getSimpleName().toString();
        boolean bare = called.getParameters().isEmpty();
        if (called.getKind() == ElementKind.CONSTRUCTOR) {
            return CONSTRUCTORS.contains(type) && bare
                    ? Optional.of("new " + owner.getSimpleName() + "()")
                    : Optional.empty();
        }
        // Handed a clock, it is that which tells: one that stands still is fine.
        boolean clock = CLOCKS.contains(type) && name.equals("now")
                && called.getParameters().stream().noneMatch(each -> each.asType().toString().endsWith("Clock"));
        boolean shuffle = type.equals("java.util.Collections") && name.equals("shuffle")
                && called.getParameters().size() == 1;
        return clock || shuffle || CALLS.getOrDefault(type, List.of()).contains(name)
                ? Optional.of(owner.getSimpleName() + "." + name)
                : Optional.empty();
    }
}
