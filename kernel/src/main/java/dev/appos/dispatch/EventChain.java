package dev.appos.dispatch;

import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// The events inside which something happens, the first first: also across processes that events started, so that what
/// writes what starts it comes to an end.
public final class EventChain {

    /// The most events that follow from each other.
    public static final int LONGEST = 8;

    private static final ScopedValue<List<String>> CURRENT = ScopedValue.newInstance();

    private EventChain() {}

    public static List<String> current() {
        return CURRENT.isBound() ? CURRENT.get() : List.of();
    }

    /// Does something as what follows from these events.
    public static <T> T within(List<String> chain, Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, List.copyOf(chain)).call(work::call);
    }

    /// The chain with one more event.
    ///
    /// @throws Refusal if they follow from each other without end
    public static List<String> with(String event) {
        List<String> chain = new ArrayList<>(current());
        chain.add(event);
        if (chain.size() > LONGEST) {
            throw Refusal.conflict(
                    "Events follow from each other without end: " + String.join(", ", chain) + ".",
                    "Give one of them a condition that stops it, or let it change something only where it differs.");
        }
        return List.copyOf(chain);
    }
}
