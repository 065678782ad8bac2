package dev.appos.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.TreeSet;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// One caller's use of the database: no connection until the first statement, one from then on.
///
/// In a transactional session nothing is kept without [#commit()]; a statement after it starts the next transaction.
/// Closing without it rolls back. In the other kind each statement is kept at once, and commit and rollback do nothing.
///
/// Not thread-safe: a session belongs to one call.
public final class Session implements AutoCloseable {

    private final Database database;
    private final boolean transactional;
    private final boolean repeatable;
    private final TreeSet<Integer> marks = new TreeSet<>();
    private @Nullable Connection connection;
    private @Nullable DSLContext sql;
    private boolean closed;
    private int statements;

    Session(Database database, boolean transactional, boolean repeatable) {
        this.database = database;
        this.transactional = transactional;
        this.repeatable = repeatable;
    }

    /// The way to the database, on this session's own connection. Do not keep it.
    ///
    /// @throws dev.appos.base.Refusal if no connection can be had
    /// @throws IllegalStateException  if the session is closed
    public DSLContext sql() {
        if (closed) {
            throw new IllegalStateException("this session is closed");
        }
        DSLContext known = sql;
        if (known != null) {
            return known;
        }
        Connection taken = database.connection();
        connection = taken;
        try {
            if (transactional) {
                taken.setAutoCommit(false);
            }
            if (repeatable) {
                try (Statement statement = taken.createStatement()) {
                    statement.execute("set transaction isolation level repeatable read");
                }
            }
        } catch (SQLException failure) {
            throw failed("could not begin a transaction", failure);
        }
        DSLContext made = database.sql(new Counting(taken));
        sql = made;
        return made;
    }

    /// Marks a place in the transaction to which [#backTo(int)] leads. A mark takes the place of the last one of its
    /// level, and of those above it.
    public void mark(int level) {
        Integer stale = marks.ceiling(level);
        String release = stale == null ? "" : "release savepoint level" + stale + "; ";
        marks.tailSet(level, true).clear();
        execute(release + "savepoint level" + level);
        marks.add(level);
    }

    /// Forgets what was done since the mark of this level, also where a statement failed: the transaction goes on.
    public void backTo(int level) {
        marks.tailSet(level, false).clear();
        execute("rollback to savepoint level" + level);
    }

    private void execute(String statement) {
        sql();
        try (Statement open = Objects.requireNonNull(connection).createStatement()) {
            open.execute(statement);
        } catch (SQLException failure) {
            throw failed("could not " + statement, failure);
        }
    }

    /// How many statements ran in this session so far.
    public int statements() {
        return statements;
    }

    /// jOOQ asks for the connection once for each statement.
    private final class Counting implements ConnectionProvider {

        private final Connection own;

        Counting(Connection own) {
            this.own = own;
        }

        @Override
        public Connection acquire() {
            statements++;
            return own;
        }

        @Override
        public void release(Connection released) {
            // It is given back when the session is closed.
        }
    }

    /// Keeps what was done since the last commit.
    ///
    /// @throws DataAccessException    if a deferred constraint or a concurrent transaction objects; nothing is kept
    /// @throws dev.appos.base.Refusal if the connection is lost on the way; the outcome is then unknown
    public void commit() {
        if (connection == null || !transactional) {
            return;
        }
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (SqlFault.of(failure).kind() == SqlFault.Kind.UNAVAILABLE) {
                throw LostConnections.unknownOutcome(failure);
            }
            throw failed("could not commit", failure);
        }
    }

    /// Forgets what was done since the last commit. On a connection that is lost, the server has done so already.
    public void rollback() {
        if (connection == null || !transactional) {
            return;
        }
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException failure) {
            if (SqlFault.of(failure).kind() != SqlFault.Kind.UNAVAILABLE) {
                throw failed("could not roll back", failure);
            }
        }
    }

    /// Gives the connection back, rolling back what was not committed. Closing twice does nothing.
    @Override
    public void close() {
        Connection taken = connection;
        closed = true;
        connection = null;
        sql = null;
        if (taken == null) {
            return;
        }
        try {
            // The pool rolls back a connection that comes back with statements not committed.
            taken.close();
        } catch (SQLException failure) {
            throw failed("could not give the connection back", failure);
        }
    }

    private static RuntimeException failed(String what, SQLException failure) {
        return SqlFault.of(failure).kind() == SqlFault.Kind.UNAVAILABLE
                ? LostConnections.refusal(failure)
                : new DataAccessException(what + ": " + failure.getMessage(), failure);
    }
}
