package dev.appos.process;

import dev.appos.api.Branch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The branches of one parallel, each in a thread and under a path of its own.
///
/// @param scope    where the parallel stands
/// @param name     of the parallel in that scope, with its number
record Branches(Scope scope, String name, List<Branch> branches) {

    Branches {
        Set<String> names = new HashSet<>();
        for (Branch branch : branches) {
            if (!names.add(branch.name())) {
                throw new BodyFault("Parallel \"" + name + "\" has two branches called \"" + branch.name() + "\".");
            }
        }
        if (branches.size() > Bounds.BRANCHES_MOST) {
            throw new BodyFault("Parallel \"" + name + "\" has more than " + Bounds.BRANCHES_MOST + " branches.");
        }
    }

    /// What each awaited branch answered, when all of them have.
    ///
    /// @throws StepFailed with the causes of all, once every branch has ended or waits
    /// @throws Unwind.Park when one waits and none failed
    Map<String, Object> answers() {
        Map<String, Supplier<Outcome>> awaited = new LinkedHashMap<>();
        Map<String, @Nullable Object> before = scope.variables();
        List<Scope> joined = new ArrayList<>();
        for (Branch branch : branches) {
            Scope inside = scope.inside(name, branch);
            if (branch.awaited()) {
                joined.add(inside);
                awaited.put(branch.name(), scope.run().fork(inside, () -> branch.body().get()));
            } else {
                scope.run().history().apart(inside.prefix());
                scope.run().background().add(scope.run().fork(inside, () -> alone(inside, branch)));
            }
        }
        Map<String, Object> answers = new LinkedHashMap<>();
        List<Throwable> faults = new ArrayList<>();
        Unwind left = null;
        for (Map.Entry<String, Supplier<Outcome>> branch : awaited.entrySet()) {
            switch (branch.getValue().get()) {
                case Outcome.Value(Object value) -> answers.put(branch.getKey(), value);
                case Outcome.Fault(Throwable cause) -> faults.add(cause);
                case Outcome.Left(Unwind why) -> left = left == null ? why : stronger(left, why);
            }
        }
        boolean stopped = left != null && !(left instanceof Unwind.Park);
        if (!faults.isEmpty() && !stopped) {
            throw failed(faults);
        }
        if (left != null) {
            throw left;
        }
        joined.forEach(inside -> scope.join(inside, before));
        return answers;
    }

    /// A branch nobody waits for: what goes wrong in it is written down and stops nobody.
    private static @Nullable Object alone(Scope inside, Branch branch) {
        try {
            return branch.body().get();
        } catch (StepFailed failed) {
            return null;
        } catch (RuntimeException fault) {
            Run run = inside.run();
            String path = inside.prefix().substring(0, inside.prefix().length() - 1);
            Entry begun = Entry.running(path, "", 1, Entry.Content.NONE, run.now());
            run.write(begun.failed(Faults.text(fault), run.now()));
            return null;
        }
    }

    /// Of two reasons to leave, the one that counts for both.
    static Unwind stronger(Unwind one, Unwind other) {
        return switch (one) {
            case Unwind.Lost lost -> lost;
            case Unwind.Diverged diverged -> other instanceof Unwind.Lost ? other : diverged;
            case Unwind.Cancelled cancelled ->
                    other instanceof Unwind.Lost || other instanceof Unwind.Diverged ? other : cancelled;
            case Unwind.Park park -> other instanceof Unwind.Park second ? park.and(second) : other;
        };
    }

    private static RuntimeException failed(List<Throwable> faults) {
        if (faults.size() == 1 && faults.getFirst() instanceof RuntimeException fault) {
            return fault;
        }
        String path = faults.stream()
                .filter(StepFailed.class::isInstance)
                .findFirst()
                .map(fault -> ((StepFailed) fault).path())
                .orElse("");
        List<String> causes = faults.stream()
                .map(fault -> (fault instanceof StepFailed step ? step.path() + ": " : "") + Faults.text(fault))
                .toList();
        StepFailed all = new StepFailed(path, String.join(" ", causes));
        faults.forEach(all::addSuppressed);
        return all;
    }
}
