package dev.appos.store;

import dev.appos.base.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Brings tables to the state that this version of the code expects, one numbered SQL file after the other.
///
/// The platform's files are `V001__….sql` and so on, beside this class's resources; the files of an app are in a
/// folder of that app. Each file runs once, in one transaction, and is written down in schema `appos`. Several nodes
/// may start at once: one does the work, the others wait for it.
public final class Migrations {

    /// The schema of the platform's own tables and of all the histories.
    public static final String PLATFORM_SCHEMA = "appos";

    private static final String PLATFORM_FILES = "dev/appos/store/migrations";

    /// Keeps `migration_<schema>` within the 63 bytes of a PostgreSQL name.
    private static final Pattern APP_SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,52}");

    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    /// Brings the platform's tables up to date.
    ///
    /// @return how many files ran
    /// @throws Refusal if the database was already used by a newer version, if a file that ran has been changed
    ///                 since, or if a file fails; the files before it are kept
    public int applyPlatform() {
        return migrate(flyway("migration").locations("classpath:" + PLATFORM_FILES), "the platform");
    }

    /// Brings the tables of one app up to date, making its schema first if it has none.
    ///
    /// The files say the schema with each name, `create table crm.customer`: they run with the server's own
    /// `search_path`.
    ///
    /// @param schema the schema of the app: a lower-case letter, then letters, digits and underscores
    /// @param folder the folder with its `V….sql` files; a folder that does not exist has none
    /// @return how many files ran
    /// @throws Refusal as for [#applyPlatform()]
    public int applyApp(String schema, Path folder) {
        if (!APP_SCHEMA.matcher(schema).matches() || schema.equals(PLATFORM_SCHEMA)) {
            throw new IllegalArgumentException("not the schema of an app: " + schema);
        }
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try {
            database.write(sql -> sql.createSchemaIfNotExists(DSL.name(schema)).execute());
        } catch (DataAccessException failure) {
            throw refusal("app " + schema, SqlFault.of(failure).message());
        }
        FluentConfiguration flyway = flyway("migration_" + schema)
                .locations("filesystem:" + folder.toAbsolutePath())
                // Schema appos is never empty here; without this Flyway takes the new history for a lost one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .callbacks(new ServerSearchPath());
        return migrate(flyway, "app " + schema);
    }

    private FluentConfiguration flyway(String history) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.dataSource())
                .defaultSchema(PLATFORM_SCHEMA)
                .table(history)
                .encoding("UTF-8")
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .failOnMissingLocations(true)
                .cleanDisabled(true);
    }

    private static int migrate(FluentConfiguration configuration, String whose) {
        try {
            Flyway flyway = configuration.load();
            refuseNewer(flyway, whose);
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException failure) {
            throw refusal(whose, failure.getMessage().strip());
        }
    }

    private static void refuseNewer(Flyway flyway, String whose) {
        Optional<MigrationInfo> unknown = Arrays.stream(flyway.info().applied())
                .filter(applied -> applied.getState().isApplied() && !applied.getState().isResolved())
                .filter(applied -> applied.getVersion() != null)
                .reduce((_, last) -> last);
        if (unknown.isPresent()) {
            throw Refusal.unavailable(
                    "The database already has migration %s (%s) of %s, which this version does not know."
                            .formatted(unknown.get().getVersion(), unknown.get().getDescription(), whose),
                    "Start the newer version that made it, or restore a backup from before it.");
        }
    }

    private static Refusal refusal(String whose, String reason) {
        return Refusal.unavailable(
                "The tables of %s could not be brought up to date: %s".formatted(whose, reason),
                "Correct the file named, and start again; files that ran before it are kept.");
    }
}
