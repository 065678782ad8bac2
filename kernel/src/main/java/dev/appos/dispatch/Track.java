package dev.appos.dispatch;

import dev.appos.trace.Spans;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is remembered of one call for its trace while it runs. Not thread-safe: it belongs to its call.
final class Track {

    /// More objects than this are not named one by one.
    private static final int MOST_USED = 50;

    private final Call call;
    private final @Nullable Track outer;
    private final Spans.@Nullable Open span;
    private final long start = System.nanoTime();
    private @Nullable Set<String> used;
    private int queries;

    /// @param outer the call this one is made from inside
    /// @param span  of the call, if a collector listens
    Track(Call call, @Nullable Track outer, Spans.@Nullable Open span) {
        this.call = call;
        this.outer = outer;
        this.span = span;
    }

    Call call() {
        return call;
    }

    Spans.@Nullable Open span() {
        return span;
    }

    long nanos() {
        return System.nanoTime() - start;
    }

    /// Adds statements that ran in this call or inside it.
    void ran(int statements) {
        queries += statements;
    }

    int queries() {
        return queries;
    }

    /// Remembers an object that was called from here.
    void uses(Call inner) {
        Set<String> known = used;
        if (known == null) {
            known = new LinkedHashSet<>();
            used = known;
        }
        if (known.size() < MOST_USED) {
            known.add(inner.toString());
        }
    }

    /// What was called from here: `crm.records.customer.get`.
    Set<String> used() {
        Set<String> known = used;
        return known == null ? Set.of() : known;
    }

    /// From the outermost call to this one: `crm.rules.a`, `crm.rules.b`.
    List<String> chain() {
        List<String> chain = outer == null ? new ArrayList<>() : outer.chain();
        chain.add(call.ref().toString());
        return chain;
    }
}
