package dev.appos.cli;

import dev.appos.boot.Settings;
import dev.appos.record.AppSchema;
import dev.appos.record.Dumps;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.time.Clock;
import java.util.function.Function;

/// The database of a platform that a command looks into by itself.
final class DatabaseOf {

    private static final int CONNECTIONS = 4;

    private DatabaseOf() {}

    /// Does something with the platform's PostgreSQL: the one its settings name, or the one that comes along, which
    /// runs meanwhile.
    ///
    /// @throws dev.appos.base.Refusal if a server uses that one now
    static <T> T with(Settings settings, Function<DatabaseSettings, T> work) {
        if (settings.database().isPresent()) {
            return work.apply(settings.database().get());
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.state())) {
            return work.apply(postgres.settings(CONNECTIONS));
        }
    }

    /// What keeps the tables of its apps, with the platform's own tables made.
    static AppSchema schema(Settings settings, Database database, Clock clock) {
        Migrations migrations = new Migrations(database);
        migrations.applyPlatform();
        Dumps dumps = new Dumps(settings.state().resolve("dumps"), clock);
        return new AppSchema(migrations, settings.migrations(), dumps);
    }
}
