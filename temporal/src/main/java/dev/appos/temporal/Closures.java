package dev.appos.temporal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Work of bodies that run in this program, on its way to the activity that does it: it cannot be written down, and
/// need not be, because a local activity runs where its workflow does. Thread-safe.
final class Closures {

    private final Map<String, Supplier<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /// Keeps work until it is done.
    ///
    /// @return its name, a JSON text
    String keep(Supplier<String> work) {
        String name = "\"" + last.incrementAndGet() + "\"";
        waiting.put(name, work);
        return name;
    }

    void forget(String name) {
        waiting.remove(name);
    }

    /// Does the work.
    ///
    /// @throws IllegalStateException if its body was given up meanwhile; it will ask anew
    String run(String name) {
        Supplier<String> work = waiting.get(name);
        if (work == null) {
            throw new IllegalStateException("The body that asked for this is not in memory any more.");
        }
        return work.get();
    }
}
