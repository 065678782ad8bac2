package dev.appos.secure;

import dev.appos.base.Refusal;
import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import dev.appos.store.Session;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Lets a node decide from memory, and a change take effect on every node before it is acknowledged.
///
/// A node decides from memory under a lease. It takes one in two statements: it *tells* the versions it has seen, in a
/// row of its own, and when that is committed it *looks* at the versions and reads again what has moved. From then on
/// its memory is good until `lease` has passed since before the telling. Whoever commits a change later than that
/// look finds the row, and waits until it tells the new version or has said nothing for `silence`; whoever committed
/// earlier was seen by the look. So no lock is held, no clock is compared with another, and a decision costs one look
/// at the node's own monotonic clock. A node that was frozen or cut off has no lease: it looks first, or refuses.
///
/// Thread-safe.
public final class Coherence implements AutoCloseable {

    private static final long POLL_NANOS = 5_000_000;

    /// What is told of an area that this node remembers nothing of.
    private static final long NOTHING_KEPT = Long.MAX_VALUE;

    /// Something remembered.
    ///
    /// @param version it was read at
    /// @param reload  reads it again, from the tables as they are at one moment
    private record Memory(LongSupplier version, Consumer<DSLContext> reload) {}

    /// A node that a change waits for: its last beat and when that was first noticed here.
    private record Heard(long beat, long at) {}

    private final UUID node = UUID.randomUUID();
    private final Database database;
    private final CoherenceSettings settings;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Area, Memory> memories = new EnumMap<>(Area.class);
    private volatile long goodUntil;
    private long toldAt;
    private Map<Area, Long> told = Map.of();
    private @Nullable ScheduledExecutorService rhythm;

    /// @param database with connections of its own where callers can use up the others: who waits may hold one
    /// @param nanos    a clock that only runs forward, such as `System::nanoTime`
    public Coherence(Database database, CoherenceSettings settings, LongSupplier nanos) {
        this.database = database;
        this.settings = settings;
        this.nanos = nanos;
        this.goodUntil = nanos.getAsLong();
    }

    /// Follows the tables from now on. Without it every lease that runs out is renewed by the next decision.
    public void start() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("coherence").factory());
        long look = settings.look().toNanos();
        thread.scheduleWithFixedDelay(this::follow, look, look, TimeUnit.NANOSECONDS);
        rhythm = thread;
    }

    /// Reads something for the first time and keeps it good from now on.
    public void keep(Area area, LongSupplier version, Consumer<DSLContext> reload) {
        lock.lock();
        try {
            goodUntil = nanos.getAsLong();
            read(Map.of(area, new Memory(version, reload)));
            memories.put(area, new Memory(version, reload));
        } finally {
            lock.unlock();
        }
    }

    /// Returns at once while the memory is good; otherwise when it is good again.
    ///
    /// @throws Refusal if that cannot be
    public void ensure() {
        if (!good()) {
            locked(() -> {
                if (!good()) {
                    tell();
                    renew();
                }
                if (!good()) {
                    throw Refusal.unavailable(
                            "The database is too slow to say what is allowed.", "Send the call again shortly.");
                }
                return told;
            });
        }
    }

    /// Makes a change that was committed known: here, and on every other node that decides from memory.
    ///
    /// @throws Refusal if that cannot be: the change is kept, but may not be felt everywhere yet
    public void settle() {
        awaitOthers(locked(this::renew));
    }

    /// Ends the node's lease: what follows needs no waiting for it.
    @Override
    public void close() {
        if (rhythm != null) {
            rhythm.shutdownNow();
        }
        locked(() -> {
            goodUntil = nanos.getAsLong();
            told = Map.of();
            try {
                database.read(sql -> sql.execute("delete from appos.security_lease where node = ?", node));
            } catch (Refusal | DataAccessException _) {
                // The database is gone: the row is waited for once and then removed.
                told = Map.of();
            }
            return told;
        });
    }

    private boolean good() {
        return nanos.getAsLong() - goodUntil < 0;
    }

    private <T> T locked(Supplier<T> work) {
        try {
            if (!lock.tryLock(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Refusal.unavailable("The database does not say what is allowed.", "Send the call again shortly.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The call was interrupted.", "Send the call again.");
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        try {
            locked(() -> {
                if (nanos.getAsLong() - toldAt > settings.lease().toNanos() / 4) {
                    tell();
                }
                return renew();
            });
        } catch (RuntimeException _) {
            // The lease has ended: the next decision looks for itself and says what is wrong.
            goodUntil = nanos.getAsLong();
        }
    }

    /// Looks, and says at once what it saw, because somebody waits to hear it.
    private Map<Area, Long> renew() {
        boolean done = false;
        try {
            Map<Area, Long> now = look();
            if (!told.equals(seen())) {
                tell();
            }
            done = true;
            return now;
        } finally {
            if (!done) {
                // Nobody is let in by what was remembered before a change that cannot be read.
                goodUntil = nanos.getAsLong();
            }
        }
    }

    /// Says what this node has seen. Only the first time is it worth waiting for the disk: after a crash of the server
    /// an older row is waited for just the same, and only a missing one is not.
    private void tell() {
        long sent = nanos.getAsLong();
        Map<Area, Long> seen = seen();
        database.read(sql -> sql.execute(
                """
                insert into appos.security_lease as l (node, beat, directory, credentials, policies, told_at)
                select ?, 1, ?, ?, ?, clock_timestamp()
                from set_config('synchronous_commit', case
                    when exists (select 1 from appos.security_lease where node = ?) then 'off'
                    else current_setting('synchronous_commit') end, true)
                on conflict (node) do update set beat = l.beat + 1, directory = excluded.directory,
                    credentials = excluded.credentials, policies = excluded.policies, told_at = excluded.told_at
                """,
                node,
                seen.get(Area.DIRECTORY),
                seen.get(Area.CREDENTIALS),
                seen.get(Area.POLICIES),
                node));
        toldAt = sent;
        told = seen;
    }

    /// Reads again what has moved. What was told before is good from then on.
    private Map<Area, Long> look() {
        Map<Area, Long> now = database.read(Versions::all);
        Map<Area, Memory> moved = new EnumMap<>(memories);
        moved.entrySet().removeIf(kept -> kept.getValue().version().getAsLong() >= now.get(kept.getKey()));
        read(moved);
        if (!told.isEmpty()) {
            goodUntil = toldAt + settings.lease().toNanos();
        }
        return now;
    }

    private void read(Map<Area, Memory> moved) {
        if (!moved.isEmpty()) {
            // One state: two changes are never seen in the wrong order.
            try (Session session = database.openRepeatable()) {
                moved.values().forEach(memory -> memory.reload().accept(session.sql()));
            }
        }
    }

    private Map<Area, Long> seen() {
        Map<Area, Long> seen = new EnumMap<>(Area.class);
        for (Area area : Area.values()) {
            Memory memory = memories.get(area);
            seen.put(area, memory == null ? NOTHING_KEPT : memory.version().getAsLong());
        }
        return seen;
    }

    private void awaitOthers(Map<Area, Long> versions) {
        Map<UUID, Heard> heard = new HashMap<>();
        long begun = nanos.getAsLong();
        for (List<Record> behind = behind(versions); !behind.isEmpty(); behind = behind(versions)) {
            long now = nanos.getAsLong();
            if (now - begun > settings.patience().toNanos()) {
                throw Refusal.unavailable(
                        "The change is kept, but " + behind.size() + " other node(s) have not heard of it yet.",
                        "Look at the logs of the other nodes; stop one that does not answer.");
            }
            behind.forEach(row -> listen(heard, row, now));
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private List<Record> behind(Map<Area, Long> versions) {
        return database.read(sql -> sql.fetch(
                """
                select node, beat from appos.security_lease
                where node <> ? and (directory < ? or credentials < ? or policies < ?)
                """,
                node,
                versions.get(Area.DIRECTORY),
                versions.get(Area.CREDENTIALS),
                versions.get(Area.POLICIES)));
    }

    /// A node that is silent for long enough has stopped to decide from memory; it comes back by telling anew.
    private void listen(Map<UUID, Heard> heard, Record row, long now) {
        UUID other = row.get("node", UUID.class);
        long beat = row.get("beat", long.class);
        Heard known = heard.get(other);
        if (known == null || known.beat() != beat) {
            heard.put(other, new Heard(beat, now));
        } else if (now - known.at() > settings.silence().toNanos()) {
            database.read(sql -> sql.execute(
                    "delete from appos.security_lease where node = ? and beat = ?", other, beat));
        }
    }
}
