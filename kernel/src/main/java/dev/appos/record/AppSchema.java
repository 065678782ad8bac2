package dev.appos.record;

import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Values;
import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.Migrations;
import dev.appos.store.Session;
import dev.appos.store.SqlFault;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/// Keeps the tables of the apps as their record definitions say.
///
/// A plan is found by making the wanted tables in a schema of their own, comparing what PostgreSQL says of them with
/// what it says of the tables in use, and rolling back. It is carried out as numbered SQL files in a folder for each
/// app, `crm/V1__….sql`, which belong to the app's owner: reviewed, committed, and run as they are on any other
/// database. Steps that would lose something are never planned to run; see [Plan#problems()].
///
/// What is no longer declared is kept: a column stays and may be left out from then on, a table stays as it is.
public final class AppSchema {

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('appos.schema'))";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int LOOKS_MAX = 18_000;

    private final SchemaFiles files;
    private volatile List<RecordDefinition> applied = List.of();
    private volatile List<String> kept = List.of();

    /// @param folder where the folders of the apps with their SQL files are
    public AppSchema(Migrations migrations, Path folder) {
        this.files = new SchemaFiles(migrations, folder, Optional.empty());
    }

    /// @param dumps where what is dropped goes
    public AppSchema(Migrations migrations, Path folder, Dumps dumps) {
        this.files = new SchemaFiles(migrations, folder, Optional.of(dumps));
    }

    /// Puts back what a dump holds: a column is filled where it is empty, a table must not be there.
    ///
    /// @param dump a folder below that of the dumps
    /// @return how many rows each part gave back, by its name
    /// @throws Refusal if the dump is not whole, or does not fit what is there; then nothing is put back
    public Map<String, Long> restore(Database database, Path dump) {
        try {
            return database.write(sql -> sql.connectionResult(connection -> Dumps.restore(connection, dump)));
        } catch (DataAccessException e) {
            throw Refusal.unavailable(
                    "The dump cannot be restored: " + SqlFault.of(e).message(),
                    "Declare the record it belongs to as it was, then try again. Nothing was restored.");
        }
    }

    /// What would have to change. Changes nothing.
    ///
    /// @throws Refusal if the wanted tables cannot even be tried
    public Plan plan(Database database, Snapshot snapshot) {
        return plan(database, snapshot, Undeclared.KEEP);
    }

    /// What would have to change. Changes nothing; tables that get another name, or lose something, are held meanwhile.
    ///
    /// @throws Refusal if the wanted tables cannot even be tried
    public Plan plan(Database database, Snapshot snapshot, Undeclared undeclared) {
        List<RecordDefinition> records = snapshot.ofKind(RecordDefinition.class);
        List<Problem> faults = records.stream().flatMap(record -> faults(record).stream()).toList();
        if (!faults.isEmpty()) {
            return new Plan(List.of(), faults, List.of());
        }
        List<TableSpec> tables = records.stream().flatMap(record -> Specs.of(record).stream()).toList();
        Set<String> apps = apps(snapshot);
        // Never committed: what is tried here is gone when the session closes.
        try (Session session = database.open(true)) {
            DSLContext sql = session.sql();
            attempt(sql, apps, tables);
            Map<String, LiveTable> wanted = Catalog.read(sql, apps, Schemas.TRIAL);
            Map<String, LiveTable> live = Catalog.read(sql, apps, Schemas.LIVE);
            Steps steps = new Steps();
            Renames renames = new Renames(live, tables, records);
            List<String> before = new ArrayList<>();
            if (undeclared == Undeclared.DROP) {
                before.addAll(new Removals(live, wanted, renames).plan(steps));
            }
            before.addAll(renames.plan(steps));
            if (!before.isEmpty()) {
                before.addFirst("set local lock_timeout to '3s'");
                run(sql, before);
                live = Catalog.read(sql, apps, Schemas.LIVE);
            }
            return new Differ(new Probe(sql), wanted, live, renames, steps).plan(tables);
        } catch (DataAccessException e) {
            throw Refusal.unavailable(
                    "The tables of the apps cannot be planned: " + SqlFault.of(e).message(),
                    "Correct the definition it speaks of, then try again.");
        }
    }

    /// Runs the SQL files that have not run, then plans what is still to change, writes it as new files and runs them.
    /// Nodes that start at once take turns; each needs four connections meanwhile. A node that dies on the way leaves
    /// files that the next start runs, or finds to be done.
    ///
    /// @return the plan; if it is refused, none of its steps has run
    /// @throws Refusal if a file fails: it is undone and, if new, removed; new files of other apps that ran before it
    ///                 are kept, and the next start plans the rest
    public Plan apply(Database database, Snapshot snapshot) {
        return apply(database, snapshot, Undeclared.KEEP);
    }

    /// The same, and says what becomes of columns and tables for which nothing is declared any more.
    public Plan apply(Database database, Snapshot snapshot, Undeclared undeclared) {
        List<RecordDefinition> records = snapshot.ofKind(RecordDefinition.class);
        // Most reloads change no record, and shall not wait for the database.
        if (records.equals(applied) && undeclared == Undeclared.KEEP) {
            return new Plan(List.of(), List.of(), kept);
        }
        Plan plan = locked(database, snapshot, undeclared);
        if (!plan.refused()) {
            kept = plan.kept();
            applied = records;
        }
        return plan;
    }

    /// Writes what is to change as files, to be read and changed before they run: by [#apply], here or anywhere.
    ///
    /// @param app whose files
    /// @return the files with their texts; none if nothing is to change
    /// @throws Refusal if the plan is refused, or files wait already
    public Map<Path, String> draft(Database database, Snapshot snapshot, String app, boolean write) {
        files.refuseWaiting(app);
        Plan plan = plan(database, snapshot);
        if (plan.refused()) {
            Problem first = plan.problems().getFirst();
            throw Refusal.conflict(first.message(), first.remedy());
        }
        return files.draft(plan.of(app), wanted(snapshot, app), write);
    }

    /// An empty file with the next number, for statements of one's own.
    public Path blank(String app, String name) {
        return files.blank(app, name);
    }

    private Plan locked(Database database, Snapshot snapshot, Undeclared undeclared) {
        try (Session lock = database.open(true)) {
            await(lock);
            for (String app : apps(snapshot)) {
                Optional<Stale> stale = files.stale(app, () -> wanted(snapshot, app));
                if (stale.isPresent()) {
                    throw stale.get().refusal(plan(database, snapshot, undeclared).of(app));
                }
            }
            files.run(apps(snapshot), undeclared);
            Plan plan = plan(database, snapshot, undeclared);
            if (!plan.refused() && !plan.steps().isEmpty()) {
                files.carryOut(plan, undeclared);
            }
            lock.commit();
            return plan;
        }
    }

    /// An index that is built beside its users waits for every transaction that looks at anything. So who has the lock
    /// looks at nothing any more, and who waits for it ends its transaction after each look.
    private static void await(Session lock) {
        for (int look = 0; !lock.sql().fetchSingle(LOCK).get(0, Boolean.class); look++) {
            lock.commit();
            if (look == LOOKS_MAX) {
                throw Refusal.unavailable(
                        "Another server has been changing tables for half an hour.", "Look what it waits for.");
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.unavailable("The server was stopped while it waited for another.", "Start it again.");
            }
        }
        // Ends the look as well: until the next statement the driver keeps the last one open.
        lock.sql().execute("set local idle_in_transaction_session_timeout to 0");
    }

    /// The tables of an app as they shall be, as one text that is equal for equal tables.
    private static String wanted(Snapshot snapshot, String app) {
        return Digest.sha256(snapshot.ofKind(RecordDefinition.class).stream()
                .filter(record -> record.ref().app().equals(app))
                .flatMap(record -> Specs.of(record).stream())
                .flatMap(table -> Stream.of(Stream.of(Ddl.table(table, Schemas.LIVE)),
                                table.constraints().stream().map(each -> Ddl.constraint(table, each, Schemas.LIVE)),
                                table.indexes().stream().map(each -> Ddl.index(table, each, Schemas.LIVE)))
                        .flatMap(statements -> statements))
                .sorted().collect(Collectors.joining("\n")));
    }

    private static Set<String> apps(Snapshot snapshot) {
        return snapshot.ofKind(RecordDefinition.class).stream()
                .map(record -> record.ref().app())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void attempt(DSLContext sql, Set<String> apps, List<TableSpec> tables) {
        List<String> script = new ArrayList<>();
        apps.forEach(app -> script.add("create schema " + Ddl.quoted(Schemas.TRIAL.schema(app))));
        tables.forEach(table -> script.add(Ddl.table(table, Schemas.TRIAL)));
        for (TableSpec table : tables) {
            table.constraints().stream()
                    .filter(constraint -> constraint.target().isPresent())
                    .forEach(constraint -> script.add(Ddl.constraint(table, constraint, Schemas.TRIAL)));
            table.indexes().forEach(index -> script.add(Ddl.index(table, index, Schemas.TRIAL)));
        }
        if (!script.isEmpty()) {
            run(sql, script);
        }
    }

    /// One round trip for all of it.
    private static void run(DSLContext sql, List<String> script) {
        sql.connection(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(String.join(";\n", script));
            }
        });
    }

    /// What no table can be made of.
    private static List<Problem> faults(RecordDefinition record) {
        List<Problem> faults = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(record.plural(), SqlNames.audit(record)));
        record.fields().stream().map(FieldDefinition::name).forEach(names::add);
        names.stream().filter(name -> !SqlNames.fits(name)).forEach(name -> faults.add(problem(
                record,
                name + " is longer than the " + SqlNames.LONGEST + " characters a name in the database may have.",
                "Give it a shorter name.")));
        for (FieldDefinition field : record.fields()) {
            try {
                Column.of(field);
                field.defaultValue().ifPresent(value -> Values.parse(field.type(), field.choices(), value));
            } catch (PatternSyntaxException e) {
                faults.add(problem(record, "The pattern of " + field.name() + " is no regular expression: "
                        + e.getDescription() + ".", "Correct the pattern."));
            } catch (IllegalArgumentException | Refusal e) {
                faults.add(problem(record, "The default of " + field.name() + " " + e.getMessage() + ".",
                        "Write the default as it would stand in JSON, without quotes."));
            }
        }
        return faults;
    }

    private static Problem problem(RecordDefinition record, String message, String remedy) {
        return new Problem(record.source().file(), record.source().line(), 1, message, remedy);
    }
}
