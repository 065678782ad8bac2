package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A folder with the data of one PostgreSQL server, the password of its owner and its log.
///
/// @param folder holds `data/`, `password` and `postgres.log`
record PostgresCluster(Path folder) {

    /// The version of PostgreSQL that made the data; another one cannot read it.
    static final int MAJOR = 18;

    /// The owner of everything in the cluster.
    static final String USER = "appos";

    /// Written into a new cluster's `postgresql.conf`, where they can be changed later.
    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_connections", "60"),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // Faults of statements go to the caller. In this log they would only spell out customers' data.
            Map.entry("log_min_messages", "log"),
            Map.entry("log_checkpoints", "off"));

    /// What to do about data that cannot be used.
    static final String REMEDY =
            "Restore the folder from a backup, or start with --dir elsewhere. Nothing was deleted.";

    private static final Duration INIT_MAX = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 24;

    /// Opens the cluster in `folder`, making it first if the folder does not exist.
    ///
    /// A new cluster appears complete or not at all; what exists is never made anew.
    ///
    /// @throws Refusal if what is there is not a cluster of this version
    static PostgresCluster open(Path folder, PostgresBinaries binaries, Map<String, String> settings)
            throws IOException {
        if (!Files.exists(folder)) {
            create(folder, binaries, settings);
        }
        PostgresCluster cluster = new PostgresCluster(folder.toRealPath());
        cluster.check();
        return cluster;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    String password() throws IOException {
        return Files.readString(folder.resolve("password")).strip();
    }

    private void check() throws IOException {
        Path version = data().resolve("PG_VERSION");
        if (!Files.exists(version)) {
            throw refusal("The data folder %s is damaged: PG_VERSION is missing.".formatted(data()));
        }
        String found = Files.readString(version).strip();
        if (!found.equals(Integer.toString(MAJOR))) {
            throw Refusal.unavailable(
                    "The data in %s was made by PostgreSQL %s, and this AppOS brings %d."
                            .formatted(data(), found, MAJOR),
                    "Start the AppOS that made it, dump the data there, and load it here. Nothing was changed.");
        }
        if (!Files.exists(folder.resolve("password"))) {
            throw refusal("The file %s is missing.".formatted(folder.resolve("password")));
        }
    }

    /// The refusal for programs of PostgreSQL that could not do their work here.
    static Refusal refusal(String message, String reason, String remedy) {
        if (reason.contains("unshare: ")) {
            return Refusal.unavailable(
                    "PostgreSQL does not run as root, and this system gives it no other user: %s.".formatted(reason),
                    "Start AppOS as an ordinary user, or give it a PostgreSQL of your own.");
        }
        return Refusal.unavailable("%s: %s.".formatted(message, reason), remedy);
    }

    /// The refusal for a cluster that cannot be used as it is.
    static Refusal refusal(String message) {
        return Refusal.unavailable(message, REMEDY);
    }

    private static void create(Path folder, PostgresBinaries binaries, Map<String, String> settings)
            throws IOException {
        Path part = folder.resolveSibling(folder.getFileName() + "-part");
        Folders.delete(part);
        Files.createDirectories(part);
        PostgresCluster cluster = new PostgresCluster(part.toRealPath());
        cluster.writePassword();
        List<String> command = new ArrayList<>(List.of(
                binaries.initdb(), "-D", cluster.data().toString(), "--username=" + USER,
                "--pwfile=" + part.toRealPath().resolve("password"), "--auth=scram-sha-256", "--encoding=UTF8",
                "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        int status = Watchdog.start(command, cluster.log()).await(INIT_MAX);
        if (status != 0) {
            String reason = new PostgresLog(cluster.log()).reason();
            Folders.delete(part);
            throw refusal(
                    "PostgreSQL could not make its data folder in " + folder.getParent(), reason,
                    "Make room and see that the folder can be written, or start with --dir elsewhere.");
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writePassword() throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        Path file = folder.resolve("password");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
        Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
    }
}
