package dev.appos.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// What one attempt at an outermost call keeps for as long as it runs, shared by the calls inside it. One thread's.
final class Scratch {

    private final List<Runnable> after = new ArrayList<>();
    private final Map<String, Object> state = new HashMap<>();
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
