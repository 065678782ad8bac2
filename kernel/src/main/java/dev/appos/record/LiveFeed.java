package dev.appos.record;

import dev.appos.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Tells those who follow live records, on this server, that there is something new. It knows that, and for which
/// records; what of it anybody may see is decided at the door. While nobody follows, it does nothing.
///
/// Thread-safe.
public final class LiveFeed implements AutoCloseable {

    /// How long a change is kept for those who come back.
    public static final Duration KEPT = Duration.ofHours(1);

    /// The longest a change waits where a notification is lost, or a pooler lets none through.
    private static final int LOOK_MS = 500;

    /// Changes removed at once.
    private static final int BATCH = 10_000;

    private final Database database;
    private final Consumer<Exception> faults;
    private final Map<String, Long> newest = new HashMap<>();
    private long position = -1;
    private int followers;
    private boolean running;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /// @param faults hears of what went wrong; it is tried again
    public LiveFeed(Database database, Consumer<Exception> faults) {
        this.database = database;
        this.faults = faults;
    }

    /// Begins to follow. Answers the position from which on changes will be told.
    ///
    /// @throws dev.appos.base.Refusal if the database cannot be reached
    public long open() {
        long now = order();
        synchronized (this) {
            followers++;
            if (!running) {
                // While somebody follows already, only looking moves it, so that nobody misses what is new.
                position = now;
                running = true;
                thread = Thread.ofVirtual().name("live").start(this::listen);
            }
        }
        return now;
    }

    /// Ends to follow.
    public synchronized void leave() {
        followers--;
        notifyAll();
    }

    /// Waits until there is something after this position, or for so long. Answers up to where there is something.
    public synchronized long await(long after, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (position <= after && !closed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return Math.max(position, after);
    }

    /// Whether a record type, as `crm.customers`, may have changed after this position.
    public synchronized boolean changed(String table, long after) {
        return newest.getOrDefault(table, 0L) > after;
    }

    /// The last position whose change is forgotten: who stopped before it has missed something.
    public long forgotten() {
        return database.read(sql -> sql.fetchSingle("select forgotten from appos.live_position").get(0, Long.class));
    }

    /// Whether the server is being stopped.
    public boolean closed() {
        return closed;
    }

    /// Forgets changes that are older than [#KEPT].
    public void forget() {
        order();
        int gone;
        do {
            gone = database.write(sql -> {
                Record done = sql.fetchSingle("""
                        with gone as (
                            delete from appos.live_change where id in (
                                select id from appos.live_change
                                where position is not null and at < now() - make_interval(secs => ?)
                                order by position limit ?)
                            returning position)
                        select count(*)::int, coalesce(max(position), 0) from gone""", KEPT.toSeconds(), BATCH);
                sql.execute("update appos.live_position set forgotten = greatest(forgotten, ?)", done.get(1));
                return done.get(0, Integer.class);
            });
        } while (gone == BATCH);
    }

    private long order() {
        return database.write(sql -> sql.fetchSingle("select appos.live_order()").get(0, Long.class));
    }

    private void listen() {
        while (going()) {
            try (Connection connection = database.dataSource().getConnection()) {
                try (Statement listen = connection.createStatement()) {
                    listen.execute("listen appos_live");
                }
                PGConnection listener = connection.unwrap(PGConnection.class);
                while (going()) {
                    look();
                    listener.getNotifications(LOOK_MS);
                }
                try (Statement end = connection.createStatement()) {
                    end.execute("unlisten appos_live");
                }
            } catch (SQLException | RuntimeException failure) {
                if (!going()) {
                    return;
                }
                faults.accept(failure);
                await(Long.MAX_VALUE, Duration.ofMillis(LOOK_MS));
            }
        }
    }

    private synchronized boolean going() {
        running = followers > 0 && !closed;
        return running;
    }

    private void look() {
        long now = order();
        long before;
        synchronized (this) {
            before = position;
        }
        if (now == before) {
            return;
        }
        Map<String, Long> changed = new HashMap<>();
        database.read(sql -> sql.fetch("""
                        select record, max(position) from appos.live_change
                        where position > ? and position <= ? group by record""", before, now))
                .forEach(row -> changed.put(row.get(0, String.class), row.get(1, Long.class)));
        synchronized (this) {
            newest.putAll(changed);
            position = now;
            notifyAll();
        }
    }

    /// Lets go of everybody who follows, and of the database.
    @Override
    public void close() {
        Thread listening;
        synchronized (this) {
            closed = true;
            notifyAll();
            listening = thread;
        }
        try {
            if (listening != null) {
                listening.join(Duration.ofMillis(2 * LOOK_MS));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
