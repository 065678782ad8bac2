package dev.appos.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.appos.base.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.Settings;
import org.jooq.impl.DefaultConfiguration;
import org.postgresql.Driver;

/// The pool of connections to PostgreSQL, and the only place where transactions begin and end.
///
/// ```java
/// int open = database.read(sql -> sql.fetchCount(TICKET));
/// database.write(sql -> sql.insertInto(TICKET).set(TITLE, title).execute());
/// ```
///
/// What the server objects to comes out as jOOQ's `DataAccessException`, to be read with [SqlFault]. A server that
/// cannot be reached, and a pool that stays empty for [PoolSettings#timeout()], come out as [Refusal]: the caller may
/// try again.
///
/// Thread-safe. A [DSLContext] handed out is for the calling thread, and for the length of the call.
public final class Database implements AutoCloseable {

    /// How long a server may take to let somebody in.
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// Statements kept prepared per connection: more than the distinct statements of a large app.
    private static final int PREPARED_STATEMENTS_MAX = 1024;

    private static final int PREPARED_STATEMENTS_MEBIBYTES_MAX = 16;

    private final HikariDataSource pool;
    private final Configuration configuration;

    /// Opens the pool.
    ///
    /// @throws Refusal if the address is none, or the server cannot be reached or does not let this user in
    public Database(DatabaseSettings settings) {
        if (Driver.parseURL(settings.jdbcUrl(), null) == null) {
            throw Refusal.malformed(
                    "The database address " + settings.address() + " cannot be read.",
                    "Write it like postgresql://127.0.0.1:5432/appos.");
        }
        try {
            this.pool = new HikariDataSource(pool(settings));
        } catch (PoolInitializationException failure) {
            String reason = failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage();
            throw Refusal.unavailable(
                    "The database at %s cannot be used: %s".formatted(settings.address(), reason),
                    "Check that it runs, and the address, user and password given for it.");
        }
        this.configuration = new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(new Settings()
                        .withExecuteLogging(false)
                        .withDiagnosticsLogging(false)
                        .withRenderSchema(true)
                        .withRenderCatalog(false)
                        .withFetchWarnings(false)
                        .withBackslashEscaping(BackslashEscaping.OFF))
                .set(new LostConnections());
    }

    /// The pool itself, for libraries that bring their own SQL. Its connections commit each statement.
    public DataSource dataSource() {
        return pool;
    }

    /// Runs `work` on a connection that commits each statement by itself, which saves the round trips of a
    /// transaction.
    ///
    /// Meant for reading. The result must be complete: a cursor or stream dies with the connection.
    public <T> T read(Function<DSLContext, T> work) {
        try (Session session = open(false)) {
            return work.apply(session.sql());
        }
    }

    /// Runs `work` in one transaction: all of it is committed when `work` returns, none of it when it throws.
    public <T> T write(Function<DSLContext, T> work) {
        try (Session session = open(true)) {
            T result = work.apply(session.sql());
            session.commit();
            return result;
        }
    }

    /// Opens a session, which takes a connection at its first statement and not before.
    ///
    /// @param transactional whether its statements wait for [Session#commit()], or commit one by one
    public Session open(boolean transactional) {
        return new Session(this, transactional, false);
    }

    /// Opens a session whose transaction sees the data as it was at its first statement (REPEATABLE READ): a change of
    /// what another has changed since is refused with [SqlFault.Kind#SERIALIZATION], and the work must begin anew.
    public Session openRepeatable() {
        return new Session(this, true, true);
    }

    /// How the connections of the pool stand.
    ///
    /// @param waiting callers that have none yet
    public record Pool(int active, int idle, int waiting, int most) {}

    /// How the connections of the pool stand now.
    public Pool load() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new Pool(
                now.getActiveConnections(), now.getIdleConnections(), now.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    /// Closes the pool; statements still running are cut off.
    @Override
    public void close() {
        pool.close();
    }

    Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException failure) {
            throw LostConnections.refusal(failure);
        }
    }

    DSLContext sql(ConnectionProvider connection) {
        return configuration.derive(connection).dsl();
    }

    private static HikariConfig pool(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("appos");
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.pool().most());
        config.setMinimumIdle(settings.pool().kept());
        config.setConnectionTimeout(settings.pool().timeout().toMillis());
        config.setMaxLifetime(settings.pool().lifetime().toMillis());
        driverProperties().forEach(config::addDataSourceProperty);
        return config;
    }

    /// The driver's own settings. It ignores, without a word, each that is not text.
    private static Map<String, String> driverProperties() {
        return Map.of(
                "ApplicationName", "appos",
                "connectTimeout", Long.toString(CONNECT_MAX.toSeconds()),
                "tcpKeepAlive", "true",
                "reWriteBatchedInserts", "true",
                "prepareThreshold", "1",
                "preparedStatementCacheQueries", Integer.toString(PREPARED_STATEMENTS_MAX),
                "preparedStatementCacheSizeMiB", Integer.toString(PREPARED_STATEMENTS_MEBIBYTES_MAX));
    }
}
