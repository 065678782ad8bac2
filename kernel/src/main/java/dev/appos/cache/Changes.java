package dev.appos.cache;

import dev.appos.base.Ref;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the changes of each kind of record, so that what was made from its data can be made anew.
///
/// A change on this node counts at once. One on another node counts as soon as the shared cache has told of it, and not
/// at all without one: what is kept must have an end of its own.
public final class Changes {

    private static final String TOPIC = "appos:changes";

    private final SharedCache shared;
    private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();

    public Changes(SharedCache shared) {
        this.shared = shared;
        shared.subscribe(TOPIC, this::count);
    }

    /// Says that records were changed; after the commit, so that whoever counts from then on reads what is new.
    public void made(Collection<Ref> records) {
        for (Ref record : records) {
            count(record.toString());
            shared.publish(TOPIC, record.toString());
        }
    }

    /// How often each was changed so far, in the given order.
    public List<Long> of(Collection<Ref> records) {
        return records.stream().map(record -> counter(record.toString()).get()).toList();
    }

    private void count(String record) {
        counter(record).incrementAndGet();
    }

    private AtomicLong counter(String record) {
        return counters.computeIfAbsent(record, _ -> new AtomicLong());
    }
}
