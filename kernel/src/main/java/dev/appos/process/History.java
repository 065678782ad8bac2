package dev.appos.process;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What an instance has done so far, and which of it this run of the body has asked for.
///
/// A body that takes another way than its journal says is stopped, with both ways named: nothing is guessed.
/// Thread-safe.
final class History {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Set<String> unasked = ConcurrentHashMap.newKeySet();
    private final Set<String> apart = ConcurrentHashMap.newKeySet();
    private final String why;
    private volatile boolean undoing;

    /// @param changed whether the code is another than the one that began the instance
    History(Collection<Entry> journal, boolean changed) {
        journal.forEach(entry -> entries.put(entry.path(), entry));
        entries.keySet().stream().filter(path -> !path.equals(Undoing.PATH)).forEach(unasked::add);
        why = changed
                ? "The code of the process has changed since"
                : "The body took another way than before; only steps may use time, chance or anything from outside";
    }

    /// What is known of a path.
    ///
    /// @param scope  the path of the branch that asks, ending in a slash, or nothing for the body
    /// @param digest of what is asked
    /// @throws Unwind.Diverged if something else was asked there before, or if this is new and something old was passed
    ///     over
    Optional<Entry> ask(String scope, String path, String digest) {
        unasked.remove(path);
        Entry known = entries.get(path);
        if (known != null) {
            if (!known.digest().equals(digest)) {
                throw new Unwind.Diverged(otherwise(path));
            }
            return Optional.of(known);
        }
        if (undoing) {
            return Optional.empty();
        }
        String passed = passedOver(scope);
        if (!passed.isEmpty()) {
            throw new Unwind.Diverged(other(passed, path));
        }
        if (entries.size() >= Bounds.STEPS_MOST) {
            throw new BodyFault("Step \"" + path + "\" would be one more than the " + Bounds.STEPS_MOST
                    + " a process may have; start another process for the rest.");
        }
        return Optional.empty();
    }

    /// Checks that a body which has ended passed nothing over.
    ///
    /// @throws Unwind.Diverged naming what it passed over
    void ended() {
        String passed = passedOver("");
        if (!passed.isEmpty()) {
            throw new Unwind.Diverged(other(passed, ""));
        }
    }

    /// A note that is there whether the code asks for it or not.
    Optional<Entry> note(String path) {
        unasked.remove(path);
        return Optional.ofNullable(entries.get(path));
    }

    /// Whether a branch did more before than it has asked for so far.
    boolean behind(String scope) {
        return !passedOver(scope).isEmpty();
    }

    /// Says that the body took another way.
    ///
    /// @param asked nothing if it ends
    String other(String known, String asked) {
        String then = asked.isEmpty() ? "ends without it" : "asks for step \"" + asked + "\" instead";
        return known.isEmpty()
                ? "The journal has the end of the process, and it now " + then + ". " + why + "."
                : "The journal has step \"" + known + "\", and the process now " + then + ". " + why + ".";
    }

    /// Says that the body asked for something else at the same place.
    String otherwise(String path) {
        return "Step \"" + path + "\" was asked with other arguments before. " + why + ".";
    }

    /// The first step that was done in this scope and not asked for again; nothing if there is none.
    private String passedOver(String scope) {
        if (unasked.isEmpty()) {
            return "";
        }
        return unasked.stream()
                .filter(path -> path.startsWith(scope))
                .filter(path -> !Patch.settled(entries.get(path)))
                .filter(path -> apart.stream().noneMatch(branch -> within(path, branch) && !scope.startsWith(branch)))
                .min(Comparator.comparing((String path) -> begun(path)).thenComparing(path -> path))
                .orElse("");
    }

    private Instant begun(String path) {
        return entries.get(path).times().started();
    }

    private static boolean within(String path, String branch) {
        return path.startsWith(branch) || branch.equals(path + "/");
    }

    /// Says that a step may be there that the body does not ask for: a compensation.
    void expect(String path) {
        unasked.remove(path);
    }

    /// Says that the body is over and only compensations come.
    void undo() {
        undoing = true;
    }

    /// What is known of a path, asked by nobody in particular.
    Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    /// Says that a branch goes on while others do: when its steps are asked for says nothing about theirs.
    void apart(String branch) {
        apart.add(branch);
    }

    /// Questions that are still open.
    List<UUID> questions() {
        return entries.values().stream()
                .filter(entry -> entry.status() == Entry.Status.WAITING)
                .flatMap(entry -> entry.approval().stream())
                .toList();
    }

    void keep(Entry entry) {
        entries.put(entry.path(), entry);
    }

    /// How many attempts failed so far: of one step, or of all in a branch.
    ///
    /// @param place the path of the step, or of the branch with a slash
    int failures(String place) {
        boolean branch = place.isEmpty() || place.endsWith("/");
        return entries.values().stream()
                .filter(entry -> branch ? entry.path().startsWith(place) : entry.path().equals(place))
                .mapToInt(entry -> entry.status() == Entry.Status.FAILED ? entry.attempt() : entry.attempt() - 1)
                .sum();
    }
}
