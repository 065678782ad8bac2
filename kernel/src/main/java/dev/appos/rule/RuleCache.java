package dev.appos.rule;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.cache.Changes;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Typed;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Answers of rules that say they may be kept for a while: for one user and the same inputs.
///
/// An answer is given again only while nothing has changed that it came from: the code, what anybody may do, and every
/// kind of record the rule can reach. It is kept as text, so no caller can change another's. The decision whether the
/// caller may run the rule is made before, each time. An answer for which the rule looked at the request, the session
/// or the state of its call is not kept: it is good for no other.
final class RuleCache {

    /// More answers push out those that were used least.
    private static final int MOST = 10_000;

    private record Key(Ref rule, String user, long rights, String arguments) {}

    /// @param changes of the records the answer came from, when the rule began
    private record Kept(String answer, List<Long> changes, long until) {}

    /// What each rule of one snapshot reaches.
    private record Reached(Snapshot snapshot, Map<Ref, SortedSet<Ref>> records) {}

    private final Cache<Key, Kept> answers = Caffeine.newBuilder().maximumSize(MOST).build();
    private final Changes changes;
    private final LongSupplier rights;
    private final LongSupplier nanoTime;
    private volatile Reached reached = new Reached(Snapshot.EMPTY, Map.of());

    /// @param rights   a number that moves when anybody's rights do
    /// @param nanoTime a clock that only goes forward
    RuleCache(Changes changes, LongSupplier rights, LongSupplier nanoTime) {
        this.changes = changes;
        this.rights = rights;
        this.nanoTime = nanoTime;
    }

    /// The kept answer, or a new one, which is kept from then on.
    @Nullable Object answer(
            Permit permit, RuleDefinition rule, Duration life, Map<String, Object> arguments, Operation.Work work)
            throws Throwable {
        // An agent's calls are judged one by one; and what a call that writes reads may be its own and undone again.
        if (!(permit.principal() instanceof Principal.User user) || permit.writing()) {
            return work.run(permit);
        }
        SortedSet<Ref> records = reached(permit.snapshot(), rule.ref());
        Key key = new Key(rule.ref(), user.name(), rights.getAsLong(), Json.canonical(Plain.of(arguments)));
        List<Long> now = changes.of(records);
        Kept kept = answers.getIfPresent(key);
        if (kept != null && kept.changes().equals(now) && nanoTime.getAsLong() - kept.until() < 0) {
            return Typed.read(kept.answer(), permit.snapshot().code(rule.ref().app()).getClass().getClassLoader());
        }
        long before = permit.personal();
        Object answer = work.run(permit);
        if (permit.personal() != before) {
            return answer;
        }
        answers.put(key, new Kept(Typed.write(answer), now, nanoTime.getAsLong() + life.toNanos()));
        return answer;
    }

    private SortedSet<Ref> reached(Snapshot snapshot, Ref rule) {
        Reached known = reached;
        if (known.snapshot() != snapshot) {
            answers.invalidateAll();
            known = new Reached(snapshot, new ConcurrentHashMap<>());
            reached = known;
        }
        return known.records().computeIfAbsent(rule, ref -> records(snapshot, ref));
    }

    /// Every kind of record, and every constant, the rule may read: itself, through what it calls, and through
    /// references of records.
    private static SortedSet<Ref> records(Snapshot snapshot, Ref rule) {
        SortedSet<Ref> seen = new TreeSet<>();
        Deque<Ref> open = new ArrayDeque<>(List.of(rule));
        while (!open.isEmpty()) {
            Ref next = open.poll();
            if (!seen.add(next)) {
                continue;
            }
            snapshot.references().stream().filter(use -> use.from().equals(next)).forEach(use -> open.add(use.to()));
            if (snapshot.find(next).orElse(null) instanceof RecordDefinition record) {
                record.fields().forEach(field -> field.target().ifPresent(target -> open.add(target.record())));
            }
        }
        seen.removeIf(ref -> snapshot.find(ref)
                .filter(found -> found instanceof RecordDefinition || found instanceof ConstantDefinition)
                .isEmpty());
        return seen;
    }
}
