package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The PostgreSQL that AppOS brings along: a real server, on this machine only, with its data in a folder of AppOS.
///
/// ```java
/// try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(".appos"));
///         Database database = new Database(postgres.settings(16))) { … }
/// ```
///
/// One process at a time uses a folder. The server cannot outlive that process: it shuts down when [#close()] is
/// called, and also when the process ends without calling it or is killed. What was committed is then there at the
/// next start. Close the [Database] first.
public final class EmbeddedPostgres implements AutoCloseable {

    private final FolderLock lock;
    private final PostgresServer server;
    private final String password;

    private EmbeddedPostgres(FolderLock lock, PostgresServer server, String password) {
        this.lock = lock;
        this.server = server;
        this.password = password;
    }

    /// Starts the server below `home`, which is made if it does not exist; the first start also unpacks the programs
    /// and makes the data folder. Returns when connections are accepted.
    ///
    /// @throws Refusal if another AppOS runs on this folder, if the folder cannot be written, is full or damaged, or
    ///                 if there is no PostgreSQL for this machine; nothing is deleted
    public static EmbeddedPostgres start(Path home) {
        return start(home, home.resolve("postgres"), PostgresCluster.SETTINGS);
    }

    /// As [#start(Path)], with the programs unpacked elsewhere and other settings for a new cluster.
    static EmbeddedPostgres start(Path home, Path programs, Map<String, String> settings) {
        try {
            Files.createDirectories(home.resolve("postgres"));
            Files.createDirectories(programs);
            Path folder = home.toRealPath();
            Path clusterFolder = folder.resolve("postgres/cluster");
            // Asked before the lock is touched: on Linux, a second look at it by the same process would open it.
            if (new Postmaster(clusterFolder.resolve("data")).isOurs()) {
                throw FolderLock.refusal(folder);
            }
            FolderLock lock = FolderLock.take(folder);
            try {
                PostgresBinaries binaries = PostgresBinaries.unpack(programs.toRealPath());
                PostgresCluster cluster = PostgresCluster.open(clusterFolder, binaries, settings);
                new Postmaster(cluster.data()).clear();
                PostgresServer server = PostgresServer.start(cluster, binaries);
                return new EmbeddedPostgres(lock, server, cluster.password());
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "AppOS cannot use the folder %s: %s.".formatted(home.toAbsolutePath(), reason(failure)),
                    "Make room there and see that it can be written, or start with --dir elsewhere.");
        }
    }

    /// How to reach the server, for [Database].
    public DatabaseSettings settings(int poolSize) {
        return settings("postgres", poolSize);
    }

    DatabaseSettings settings(String database, int poolSize) {
        String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), database);
        return new DatabaseSettings(url, PostgresCluster.USER, password, poolSize);
    }

    /// The port on 127.0.0.1, another one at each start.
    public int port() {
        return server.port();
    }

    /// The process id of the server.
    public long pid() {
        return server.pid();
    }

    /// Whether the server is still there. One that died by itself does not come back before the next start.
    public boolean isRunning() {
        return server.isRunning();
    }

    /// Shuts the server down, cutting off connections that are still open, and waits until it is gone.
    @Override
    public void close() {
        try (lock) {
            server.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not stop in good order", failure);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "%s may not be read or written by this user".formatted(denied.getFile());
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return "%s (%s)".formatted(file.getReason(), file.getFile());
        }
        return String.valueOf(failure.getMessage());
    }
}
