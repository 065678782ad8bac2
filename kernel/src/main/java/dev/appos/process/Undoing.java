package dev.appos.process;

import dev.appos.base.Digest;
import dev.appos.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs the compensations of an instance that failed or was cancelled, each as a step of its own, the last noted first.
///
/// That it has begun, and why, is a row of the journal: from then on the instance goes no way but this one, however
/// often its node dies and whatever becomes of its code.
record Undoing(Run run) {

    /// No step of an author can have this name.
    static final String PATH = "#compensation";

    /// How the process will end, if that was decided before.
    Optional<Ending> decided() {
        return run.history().find(PATH).map(entry -> ending(entry.content().answer().orElseThrow()));
    }

    /// Undoes what there is to undo.
    ///
    /// @return how the process ends: as it would have, and with what could not be undone
    /// @throws Unwind to go on later
    Ending before(Ending ending) {
        List<Step> steps = run.compensations().reversed();
        if (steps.isEmpty()) {
            return ending;
        }
        run.undo();
        Entry marker = run.history().find(PATH).orElseGet(() -> begin(ending));
        List<String> failed = new ArrayList<>();
        for (Step step : steps) {
            try {
                step.answer();
            } catch (StepFailed | BodyFault | Unwind.Diverged fault) {
                failed.add(step.path() + ": " + Faults.text(fault));
            }
        }
        if (marker.status() != Entry.Status.DONE) {
            String plain = Json.write(Map.of("steps", steps.size(), "failed", failed.size()));
            run.write(marker.done(marker.content().answer().orElseThrow(), plain, run.now()));
        }
        return failed.isEmpty() ? ending : withFailures(ending, failed);
    }

    private Entry begin(Ending ending) {
        run.begin();
        String kept = kept(ending);
        Entry.Content content = new Entry.Content(
                Optional.of(Json.write(Map.of("because", ending.status()))), Optional.of(kept), Optional.empty(),
                Optional.empty());
        Entry begun = new Entry(
                PATH, Digest.sha256("compensation"), Entry.Status.WAITING, 1, content,
                Entry.Times.since(run.now()), Optional.empty());
        run.write(begun);
        return begun;
    }

    private Ending withFailures(Ending ending, List<String> failed) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("step", null);
        error.put("message", "It was cancelled.");
        error.put("execution_id", run.instance().starter().executionId());
        ending.error().ifPresent(known -> error.putAll(Json.object(Json.read(known), "the error")));
        error.put("message", error.get("message") + " Not undone: " + String.join(" ", failed));
        return new Ending(ending.status(), ending.outputs(), Optional.of(Json.write(error)));
    }

    private static String kept(Ending ending) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("status", ending.status());
        kept.put("error", ending.error().orElse(null));
        return Json.write(kept);
    }

    private static Ending ending(String kept) {
        Map<String, Object> values = Json.object(Json.read(kept), "the end");
        return new Ending(
                (String) values.get("status"), Optional.empty(), Optional.ofNullable((String) values.get("error")));
    }
}
