package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Runs the files of one app that have not run yet, each in the way it asks for.
///
/// A file is one transaction. One that begins with [Migrations#STEPWISE] is none: each of its statements is, so that
/// tables are locked for moments only. It is written so that it may run again from its beginning, and does when it was
/// cut off.
final class AppMigration {

    /// The SQLSTATE of a lock that was not to be had in time, and of two that waited for each other.
    private static final List<String> LOCKED = List.of("55P03", "40P01");

    private final Database database;
    private final Supplier<FluentConfiguration> configuration;
    private final String history;
    private final Path folder;
    private final LockPatience patience;
    private final BeforeFile before;

    /// @param configuration a fresh one each time
    AppMigration(
            Database database, Supplier<FluentConfiguration> configuration, Path folder, LockPatience patience,
            BeforeFile before) {
        this.database = database;
        this.configuration = configuration;
        this.history = configuration.get().getTable();
        this.folder = folder;
        this.patience = patience;
        this.before = before;
    }

    /// What the folder and the database know of the files.
    Flyway look() {
        return flyway(false, MigrationVersion.LATEST);
    }

    /// @return how many files ran
    /// @throws FlywayException if one fails, or one that ran was changed since
    int run() {
        forgetFailed();
        int ran = 0;
        List<MigrationInfo> pending = List.of(look().info().pending());
        List<MigrationInfo> alike = new ArrayList<>();
        for (MigrationInfo next : pending) {
            if (!alike.isEmpty() && stepwise(alike.getLast()) != stepwise(next)) {
                ran += migrate(stepwise(alike.getLast()), alike.getLast().getVersion());
                alike.clear();
            }
            alike.add(next);
        }
        boolean last = !alike.isEmpty() && stepwise(alike.getLast());
        return ran + migrate(last, MigrationVersion.LATEST);
    }

    private int migrate(boolean stepwise, MigrationVersion target) {
        for (int attempt = 1; ; attempt++) {
            try {
                return flyway(stepwise, target).migrate().migrationsExecuted;
            } catch (FlywayException failure) {
                if (attempt == patience.tries() || !locked(failure)) {
                    throw failure;
                }
                forgetFailed();
                rest();
            }
        }
    }

    private Flyway flyway(boolean stepwise, MigrationVersion target) {
        FluentConfiguration made = configuration.get()
                .locations("filesystem:" + folder.toAbsolutePath())
                // Schema appos is never empty here; without this Flyway takes the new history for a lost one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(target)
                .executeInTransaction(!stepwise)
                .mixed(stepwise)
                .callbacks(new FileSession(patience, stepwise, before));
        // An index that is built beside its users waits for every transaction, and so for one that holds Flyway's lock.
        made.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(!stepwise);
        return made.load();
    }

    /// What a file without a transaction leaves in the history when it fails. It may run again.
    private void forgetFailed() {
        Table<Record> table = DSL.table(DSL.name(Migrations.PLATFORM_SCHEMA, history));
        database.write(sql -> {
            String name = sql.render(table);
            return sql.fetchSingle("select to_regclass(?) is not null", name).get(0, Boolean.class)
                    ? sql.deleteFrom(table).where(DSL.field(DSL.name("success"), Boolean.class).isFalse()).execute()
                    : 0;
        });
    }

    private boolean stepwise(MigrationInfo file) {
        try (Stream<String> lines = Files.lines(folder.resolve(file.getScript()))) {
            return lines.findFirst().orElse("").startsWith(Migrations.STEPWISE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException fault && LOCKED.contains(String.valueOf(fault.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private void rest() {
        try {
            Thread.sleep(patience.pause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The migration was stopped while it waited for a lock.", "Start again.");
        }
    }
}
