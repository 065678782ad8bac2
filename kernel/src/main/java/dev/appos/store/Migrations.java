package dev.appos.store;

import dev.appos.base.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Brings tables to the state that this version of the code expects, one numbered SQL file after the other.
///
/// The platform's files are `V001__….sql` and so on, beside this class's resources; the files of an app are in a
/// folder of that app. Each file runs once and is written down in schema `appos`. Several nodes
/// may start at once: one does the work, the others wait for it.
public final class Migrations {

    /// The schema of the platform's own tables and of all the histories.
    public static final String PLATFORM_SCHEMA = "appos";

    /// How a file of an app begins whose statements are transactions of their own.
    public static final String STEPWISE = "-- Statement by statement";

    private static final String PLATFORM_FILES = "dev/appos/store/migrations";

    /// Keeps `migration_<schema>` within the 63 bytes of a PostgreSQL name.
    private static final Pattern APP_SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,52}");

    private final Database database;
    private final LockPatience patience;

    public Migrations(Database database) {
        this(database, LockPatience.USUAL);
    }

    /// @param patience how long files of apps wait for tables that are in use
    public Migrations(Database database, LockPatience patience) {
        this.database = database;
        this.patience = patience;
    }

    /// Brings the platform's tables up to date.
    ///
    /// @return how many files ran
    /// @throws Refusal if the database was already used by a newer version, if a file that ran has been changed
    ///                 since, or if a file fails; the files before it are kept
    public int applyPlatform() {
        Flyway flyway = flyway("migration").locations("classpath:" + PLATFORM_FILES).load();
        return guarded("the platform", () -> {
            refuseNewer(flyway, "the platform");
            return flyway.migrate().migrationsExecuted;
        });
    }

    /// Brings the tables of one app up to date, making its schema first if it has none.
    ///
    /// The files say the schema with each name, `create table crm.customer`: they run with the server's own
    /// `search_path`. A file that begins with `-- Statement by statement` is not one transaction: each of its
    /// statements is, and when it was cut off it runs again from its beginning.
    ///
    /// @param schema the schema of the app: a lower-case letter, then letters, digits and underscores
    /// @param folder the folder with its `V….sql` files; a folder that does not exist has none
    /// @return how many files ran
    /// @throws Refusal as for [#applyPlatform()], and if two files have one number
    public int applyApp(String schema, Path folder) {
        return applyApp(schema, folder, BeforeFile.NOTHING);
    }

    /// The same, with something to be done before each file that has not run.
    public int applyApp(String schema, Path folder, BeforeFile before) {
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
        String whose = "app " + schema;
        AppMigration migration =
                new AppMigration(database, () -> flyway("migration_" + schema), folder, patience, before);
        return guarded(whose, () -> {
            refuseNewer(migration.look(), whose);
            return migration.run();
        });
    }

    /// The numbers of the files of an app that have run.
    public List<Integer> applied(String schema) {
        Table<Record> history = DSL.table(DSL.name(PLATFORM_SCHEMA, "migration_" + schema));
        return database.read(sql -> {
            String name = sql.render(history);
            if (sql.fetchSingle("select to_regclass(?) is not null", name).get(0, Boolean.class)) {
                return sql.fetch("select version::int from {0} where version ~ '^\\d+$' and success", history)
                        .getValues(0, Integer.class);
            }
            return List.of();
        });
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

    private static int guarded(String whose, Supplier<Integer> work) {
        try {
            return work.get();
        } catch (FlywayException failure) {
            throw refusal(whose, String.valueOf(failure.getMessage()).strip());
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
