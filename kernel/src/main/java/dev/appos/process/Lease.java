package dev.appos.process;

import dev.appos.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// This node's sign of life, and its watch over the others.
///
/// A session lock in PostgreSQL says that the process lives: it is gone the moment the process is. A beat says that the
/// machine and the network live. A node without either is dead, whoever notices takes its instances back, and if it
/// lives after all its epochs have passed and it starts again under another id.
///
/// Uses the driver and not jOOQ: everything here belongs to one connection that stays open.
final class Lease implements AutoCloseable {

    /// Where it is said that a question was answered; the payload is its id.
    static final String ANSWERED = "appos_approval";

    static final Duration BEAT = Duration.ofMillis(250);

    /// By the clock of the database.
    static final Duration DEAD_AFTER = Duration.ofSeconds(2);

    private static final int LISTEN_MS = 100;
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(500);

    private static final String TAKE_BACK = """
            with gone as (
                select r.id, (select count(*) from appos.process_step s
                              where s.instance_id = r.id and s.status = 'done') as done
                from appos.process_ready r
                where r.owner is not null and not exists (select from appos.node n where n.id = r.owner)
                for update of r skip locked)
            update appos.process_ready r set
                owner = null, wake_at = now(), done = gone.done,
                takeovers = case when gone.done > r.done then 1 else r.takeovers + 1 end
            from gone where r.id = gone.id""";

    private final Database database;
    private final Supplier<UUID> ids;
    private final Consumer<UUID> answered;
    private final Consumer<Exception> faults;
    private final Thread thread;
    private volatile UUID node;
    private volatile long beaten = System.nanoTime();
    private volatile boolean closing;
    private Connection connection;

    /// Joins the platform, and takes back what dead nodes held.
    ///
    /// @param answered is told of answers to questions, by id
    Lease(Database database, Supplier<UUID> ids, Consumer<UUID> answered, Consumer<Exception> faults) {
        this.database = database;
        this.ids = ids;
        this.answered = answered;
        this.faults = faults;
        try {
            this.node = ids.get();
            this.connection = join(node);
            watch();
        } catch (SQLException failure) {
            throw new IllegalStateException("the node could not join: " + failure.getMessage(), failure);
        }
        this.thread = Thread.ofPlatform().daemon().name("process-lease").start(this::live);
    }

    /// The name under which this node holds instances now.
    UUID node() {
        return node;
    }

    /// How long ago this node last said that it lives.
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - beaten);
    }

    private Connection join(UUID id) throws SQLException {
        Connection joined = database.dataSource().getConnection();
        try {
            // The lock first: a row without one would be taken for a dead node's.
            try (PreparedStatement lock = joined.prepareStatement("select pg_advisory_lock(?)");
                    PreparedStatement row =
                            joined.prepareStatement("insert into appos.node (id, name) values (?, ?)");
                    Statement listen = joined.createStatement()) {
                lock.setLong(1, key(id));
                lock.execute();
                row.setObject(1, id);
                row.setString(2, "pid " + ProcessHandle.current().pid());
                row.execute();
                listen.execute("listen " + ANSWERED);
            }
            return joined;
        } catch (SQLException failure) {
            joined.close();
            throw failure;
        }
    }

    private static long key(UUID id) {
        return id.getLeastSignificantBits();
    }

    private void live() {
        long next = System.nanoTime();
        while (!closing) {
            try {
                PGNotification[] notes = connection.unwrap(PGConnection.class).getNotifications(LISTEN_MS);
                for (PGNotification note : notes == null ? new PGNotification[0] : notes) {
                    tell(note.getParameter());
                }
                if (System.nanoTime() - next >= 0) {
                    beat();
                    watch();
                    next = System.nanoTime() + BEAT.toNanos();
                }
            } catch (SQLException | RuntimeException failure) {
                if (!closing) {
                    faults.accept(failure);
                    again();
                }
            }
        }
    }

    private void tell(String payload) {
        try {
            answered.accept(UUID.fromString(payload));
        } catch (IllegalArgumentException failure) {
            faults.accept(failure);
        }
    }

    private void beat() throws SQLException {
        try (PreparedStatement beat = connection.prepareStatement("update appos.node set beat = now() where id = ?")) {
            beat.setObject(1, node);
            if (beat.executeUpdate() == 0) {
                throw new SQLException("this node was taken for dead");
            }
            beaten = System.nanoTime();
        }
    }

    /// Finds nodes that are gone, and frees what they held.
    private void watch() throws SQLException {
        for (UUID dead : dead()) {
            try (PreparedStatement remove = connection.prepareStatement("delete from appos.node where id = ?")) {
                remove.setObject(1, dead);
                remove.executeUpdate();
            }
        }
        try (Statement take = connection.createStatement()) {
            take.executeUpdate(TAKE_BACK);
        }
    }

    private List<UUID> dead() throws SQLException {
        List<UUID> dead = new ArrayList<>();
        try (PreparedStatement look = connection.prepareStatement(
                        "select id, beat < now() - make_interval(secs => ?) from appos.node where id <> ?");
                PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?)");
                PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            look.setDouble(1, DEAD_AFTER.toMillis() / 1000d);
            look.setObject(2, node);
            try (ResultSet others = look.executeQuery()) {
                while (others.next()) {
                    UUID other = others.getObject(1, UUID.class);
                    if (others.getBoolean(2) || free(other, lock, unlock)) {
                        dead.add(other);
                    }
                }
            }
        }
        return dead;
    }

    private static boolean free(UUID other, PreparedStatement lock, PreparedStatement unlock) throws SQLException {
        lock.setLong(1, key(other));
        try (ResultSet got = lock.executeQuery()) {
            got.next();
            if (!got.getBoolean(1)) {
                return false;
            }
        }
        unlock.setLong(1, key(other));
        unlock.execute();
        return true;
    }

    /// Joins anew under another id: what was held under the old one is anyone's.
    private void again() {
        leave(connection);
        try {
            Thread.sleep(RECONNECT_WAIT);
            UUID id = ids.get();
            connection = join(id);
            node = id;
        } catch (SQLException | RuntimeException failure) {
            faults.accept(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /// Gives up lock and connection, which goes back to the pool clean.
    private void leave(Connection left) {
        try (left) {
            if (!left.isClosed()) {
                try (Statement clean = left.createStatement()) {
                    clean.execute("unlisten *");
                    clean.execute("select pg_advisory_unlock_all()");
                }
            }
        } catch (SQLException failure) {
            if (!closing) {
                faults.accept(failure);
            }
        }
    }

    /// Stops without a word to anyone, as a node that dies.
    void drop() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        leave(connection);
    }

    /// Leaves the platform; nothing may be held any more.
    @Override
    public void close() {
        drop();
        database.read(sql -> sql.execute("delete from appos.node where id = ?", node));
    }
}
