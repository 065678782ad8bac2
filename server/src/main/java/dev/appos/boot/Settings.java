package dev.appos.boot;

import dev.appos.identity.IdentitySettings;
import dev.appos.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;

/// How one server runs.
///
/// @param home       the folder of the platform: `apps/`, `migrations/`, `appos.yaml`
/// @param state      the folder of what the server keeps: `.appos`
/// @param host       the address it listens on
/// @param port       0 takes any free one
/// @param poolSize   connections to PostgreSQL
/// @param database   a PostgreSQL of your own; absent: the one that AppOS brings along
/// @param identity   how people prove who they are
/// @param callCents  what a call costs an agent whose budget is money
public record Settings(
        Path home, Path state, String host, int port, int poolSize, Optional<DatabaseSettings> database,
        int callCents, IdentitySettings identity) {

    public static final int USUAL_PORT = 8080;
    public static final int USUAL_POOL = 16;
    public static final int USUAL_CALL_CENTS = 1;

    /// What holds when nothing is said.
    public static Settings of(Path home) {
        return new Settings(
                home, home.resolve(".appos"), "127.0.0.1", USUAL_PORT, USUAL_POOL, Optional.empty(),
                USUAL_CALL_CENTS, IdentitySettings.DEFAULT);
    }

    public Settings withPort(int other) {
        return new Settings(home, state, host, other, poolSize, database, callCents, identity);
    }

    public Settings withState(Path other) {
        return new Settings(home, other, host, port, poolSize, database, callCents, identity);
    }

    /// The folder with one folder an app.
    public Path apps() {
        return home.resolve("apps");
    }

    /// The folder with the reviewed SQL files of each app.
    public Path migrations() {
        return home.resolve("migrations");
    }
}
