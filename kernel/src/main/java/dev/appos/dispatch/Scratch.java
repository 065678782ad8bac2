package dev.appos.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// What one attempt at an outermost call keeps for as long as it runs, shared by the calls inside it. One thread's.
final class Scratch {

    private final List<Runnable> after = new ArrayList<>();
    private final Map<String, Object> state = new HashMap<>();
    private @Nullable Repeats repeats;
    private long personal;
    private @Nullable DataAccessException overtaken;

    /// How often app code looked at what belongs to this one call.
    long personal() {
        return personal;
    }

    void lookedAt() {
        personal++;
    }

    /// What is to be done when the transaction has ended.
    List<Runnable> after() {
        return after;
    }

    /// Counts a call that app code makes.
    void repeats(Call call, int most, Set<String> sources) {
        Repeats known = repeats;
        if (known == null) {
            known = new Repeats();
            repeats = known;
        }
        known.made(call, most, sources);
    }

    /// The lines of app code that made one call more often than this.
    List<Repeats.Repeated> repeated(int most) {
        return repeats == null ? List.of() : repeats.found(most);
    }

    /// What app code left for the rest of the call.
    Map<String, Object> state() {
        return state;
    }

    /// Notes that others changed what was read: whatever app code makes of it, the work has to begin anew.
    void overtaken(DataAccessException by) {
        overtaken = by;
    }

    /// @throws DataAccessException if others changed what was read
    void check() {
        if (overtaken != null) {
            throw overtaken;
        }
    }
}
