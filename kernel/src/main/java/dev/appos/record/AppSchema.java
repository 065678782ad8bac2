package dev.appos.record;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
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

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('appos.schema'))";

    private final Migrations migrations;
    private final Path folder;
    private volatile List<RecordDefinition> applied = List.of();
    private volatile List<String> kept = List.of();

    /// @param folder where the folders of the apps with their SQL files are
    public AppSchema(Migrations migrations, Path folder) {
        this.migrations = migrations;
        this.folder = folder;
    }

    /// What would have to change. Changes nothing.
    ///
    /// @throws Refusal if the wanted tables cannot even be tried
    public Plan plan(Database database, Snapshot snapshot) {
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
            return new Differ(new Probe(sql), wanted, live).plan(tables);
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
        List<RecordDefinition> records = snapshot.ofKind(RecordDefinition.class);
        // Most reloads change no record, and shall not wait for the database.
        if (records.equals(applied)) {
            return new Plan(List.of(), List.of(), kept);
        }
        Plan plan = locked(database, snapshot);
        if (!plan.refused()) {
            kept = plan.kept();
            applied = records;
        }
        return plan;
    }

    private Plan locked(Database database, Snapshot snapshot) {
        return database.write(lock -> {
            lock.fetch(LOCK);
            run(apps(snapshot));
            Plan plan = plan(database, snapshot);
            if (!plan.refused() && !plan.steps().isEmpty()) {
                carryOut(database, plan);
            }
            return plan;
        });
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
            // One round trip for all of it.
            sql.connection(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(String.join(";\n", script));
                }
            });
        }
    }

    private void carryOut(Database database, Plan plan) {
        Map<String, List<Step>> own = new TreeMap<>();
        Map<String, List<Step>> across = new TreeMap<>();
        plan.steps().forEach(step -> (step.across() ? across : own)
                .computeIfAbsent(step.app(), _ -> new ArrayList<>())
                .add(step));
        Map<Path, String> written = new LinkedHashMap<>();
        own.forEach((app, steps) -> written.put(write(database, app, steps), app));
        // References between apps come in files of their own, so that every app's tables can be there before.
        across.forEach((app, steps) -> written.put(write(database, app, steps), app));
        try {
            run(new TreeSet<>(written.values()));
        } catch (Refusal refusal) {
            written.forEach((file, app) -> withdraw(database, app, file));
            throw refusal;
        }
    }

    private Path write(Database database, String app, List<Step> steps) {
        MigrationFiles files = new MigrationFiles(folder.resolve(app));
        Set<Integer> taken = new TreeSet<>(files.versions());
        taken.addAll(applied(database, app));
        int next = taken.stream().mapToInt(version -> version).max().orElse(0) + 1;
        return files.write(next, steps);
    }

    private void withdraw(Database database, String app, Path file) {
        int version = Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"));
        if (!applied(database, app).contains(version)) {
            new MigrationFiles(folder.resolve(app)).remove(List.of(file));
        }
    }

    private static List<Integer> applied(Database database, String app) {
        String history = Migrations.PLATFORM_SCHEMA + "." + Ddl.quoted("migration_" + app);
        return database.read(sql -> {
            if (sql.fetchSingle("select to_regclass(?) is not null", history).get(0, Boolean.class)) {
                return sql.fetch("select version::int from " + history + " where version ~ '^\\d+$' and success")
                        .getValues(0, Integer.class);
            }
            return List.of();
        });
    }

    /// Runs the files of every app, again and again while that gets any of them further: files of two apps may wait for
    /// each other's tables.
    private void run(Set<String> apps) {
        Map<String, String> before = Map.of();
        while (true) {
            Map<String, Refusal> failed = new TreeMap<>();
            for (String app : apps) {
                try {
                    if (Files.isDirectory(folder.resolve(app))) {
                        migrations.applyApp(app, folder.resolve(app));
                    }
                } catch (Refusal refusal) {
                    failed.put(app, refusal);
                }
            }
            Map<String, String> now = new TreeMap<>();
            failed.forEach((app, refusal) -> now.put(app, String.valueOf(refusal.getMessage())));
            if (now.isEmpty()) {
                return;
            }
            if (now.equals(before)) {
                throw failed.values().iterator().next();
            }
            before = now;
        }
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
