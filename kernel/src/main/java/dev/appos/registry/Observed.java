package dev.appos.registry;

import dev.appos.base.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Who was seen to use whom, beside what the sources state. A use that is known costs one look-up and nothing else.
/// Thread-safe.
public final class Observed {

    /// More uses than this are not kept; so many say that the callers are made up as they go.
    public static final int MOST = 50_000;

    /// One use.
    ///
    /// @param caller an object's reference, or an agent's name with its prefix
    /// @param access `read`, `write`, `execute` or `render`
    public record Use(String caller, Ref target, String access) {}

    private record To(Ref target, String access) {}

    /// By [Ref] for objects and by name for agents: a reference is looked up without being written out.
    private final Map<Object, Set<To>> known = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /// An object used another.
    public void saw(Ref caller, Ref target, String access) {
        add(caller, target, access);
    }

    /// An agent used an object.
    public void saw(String agent, Ref target, String access) {
        add(agent, target, access);
    }

    private void add(Object caller, Ref target, String access) {
        Set<To> uses = known.get(caller);
        To use = new To(target, access);
        if (uses != null && uses.contains(use) || size.get() >= MOST) {
            return;
        }
        if (known.computeIfAbsent(caller, _ -> ConcurrentHashMap.newKeySet()).add(use)) {
            size.incrementAndGet();
        }
    }

    /// Forgets what an object was seen to use: its code is another now.
    public void forget(Ref caller) {
        Set<To> gone = known.remove(caller);
        if (gone != null) {
            size.addAndGet(-gone.size());
        }
    }

    /// How many uses are known.
    public int size() {
        return size.get();
    }

    /// Every use known now.
    public List<Use> all() {
        List<Use> all = new ArrayList<>();
        known.forEach((caller, uses) ->
                uses.forEach(use -> all.add(new Use(caller.toString(), use.target(), use.access()))));
        return all;
    }
}
