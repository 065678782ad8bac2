package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.boot.Settings;
import dev.appos.generate.CsvFields;
import dev.appos.generate.Draft;
import dev.appos.generate.DraftFiles;
import dev.appos.generate.Drafts;
import dev.appos.generate.FieldSpecs;
import dev.appos.generate.TableFields;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.record.AppSchema;
import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos generate`: sources to go on from. What does not compile together with the apps is not written.
@Command(name = "generate", description = "Writes records, rules, screens and migrations to go on from.")
final class Generate implements Callable<Integer> {

    private static final List<String> WHATS =
            List.of("all", "model", "service", "api", "audit", "interface", "migration");
    private static final int MOST_SHOWN = 10;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Parameters(index = "0", paramLabel = "WHAT",
            description = "all, model, service, api, audit, interface or migration.")
    private String what;

    @Parameters(index = "1", paramLabel = "NAME", description = "The record, as crm.Customer; of a migration the app.")
    private String name;

    @Parameters(index = "2..*", paramLabel = "FIELD",
            description = "Such as total:decimal(12,2):required; of a migration what an empty file is to be called.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--from-csv", paramLabel = "FILE", description = "Takes the fields from the columns of this file.")
    private @Nullable Path csv;

    @Option(names = "--from-table", paramLabel = "TABLE",
            description = "Takes them from a table of the database: public.customers.")
    private @Nullable String table;

    @Option(names = "--force", description = "Writes over files that are there.")
    private boolean force;

    @Option(names = "--dry-run", description = "Prints what would be written, and writes nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    private final Clock clock;

    Generate(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (!WHATS.contains(what)) {
            throw Refusal.malformed("There is no generator called " + what + ".", Nearest.remedy(what, WHATS));
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean done = what.equals("migration") ? migration(out) : sources(out);
        out.flush();
        return done ? 0 : 1;
    }

    private boolean sources(PrintWriter out) {
        AppCompiler compiler = new AppCompiler();
        Compilation now = compiler.compile(home.apps());
        DraftFiles files = new DraftFiles(home.apps());
        List<Draft> drafts = drafts(now, files);
        List<Path> there = files.there(drafts);
        if (!there.isEmpty() && !force && !dryRun && !what.equals("audit")) {
            throw Refusal.conflict(
                    "%s is there already; nothing was written.".formatted(home.folder().relativize(there.getFirst())),
                    "Add --force to write over it, or look with --dry-run.");
        }
        Map<String, String> texts = drafts.stream().collect(Collectors.toMap(Draft::path, Draft::text));
        if (compiler.compile(home.apps(), texts) instanceof Compilation.Failure failure) {
            // Drafts that mend some of the faults that are there may be written.
            List<Problem> before = now instanceof Compilation.Failure was ? was.problems() : List.of();
            List<Problem> added = failure.problems().stream().filter(each -> !before.contains(each)).toList();
            if (!added.isEmpty()) {
                out.println("With what would be generated the apps would not compile; nothing was written:");
                added.stream().limit(MOST_SHOWN).forEach(out::println);
                return false;
            }
        }
        if (dryRun) {
            drafts.forEach(draft -> out.println("--- apps/" + draft.path() + "\n" + draft.text()));
            return true;
        }
        files.write(drafts).forEach(file -> out.println("  made " + home.folder().relativize(file)));
        out.println("They are yours: change them as you like. A running server has them already.");
        return true;
    }

    private List<Draft> drafts(Compilation now, DraftFiles files) {
        Optional<Snapshot> snapshot = now instanceof Compilation.Success success
                ? Optional.of(success.snapshot()) : Optional.empty();
        Ref ref = record();
        if (what.equals("model") || what.equals("all")) {
            RecordDefinition record = make(ref, snapshot);
            return what.equals("all") ? Drafts.all(record) : List.of(Drafts.model(record));
        }
        if (!fields.isEmpty() || csv != null || table != null) {
            throw Refusal.malformed("The fields of " + name + " are known.", "Leave them out, or generate model.");
        }
        if (now instanceof Compilation.Failure failure) {
            throw Refusal.conflict("The apps do not compile: " + failure.problems().getFirst(), "Mend that first.");
        }
        RecordDefinition record = snapshot.flatMap(all -> all.find(ref))
                .map(found -> (RecordDefinition) found)
                .orElseThrow(() -> Refusal.notFound("record called " + name,
                        "Generate it first: appos generate model " + name + " title:text(80)."));
        return switch (what) {
            case "service" -> List.of(Drafts.service(record));
            case "api" -> List.of(Drafts.api(record));
            case "audit" -> List.of(Drafts.audit(record, files.text(record.source().file())));
            default -> Drafts.screens(record);
        };
    }

    private Ref record() {
        String[] parts = name.split("\\.", -1);
        boolean fits = parts.length == 2 && parts[0].matches("[a-z][a-z0-9]*")
                && parts[1].matches("[A-Za-z][A-Za-z0-9]{0,59}");
        if (!fits) {
            throw Refusal.malformed("A record is not called " + name + ".", "Write its app too: crm.Customer.");
        }
        known(parts[0]);
        return new Ref(parts[0], "records", Names.snake(parts[1]));
    }

    private void known(String app) {
        if (!Files.isDirectory(home.apps().resolve(app))) {
            throw Refusal.notFound("app called " + app, "Make it first: appos new-app " + app + ".");
        }
    }

    private RecordDefinition make(Ref ref, Optional<Snapshot> snapshot) {
        int sources = (fields.isEmpty() ? 0 : 1) + (csv == null ? 0 : 1) + (table == null ? 0 : 1);
        if (sources != 1) {
            throw Refusal.malformed("It must be said what fields " + name + " has, in one way.",
                    "Write title:text(80) due:date and so on, or --from-csv, or --from-table.");
        }
        Set<Ref> records = snapshot.map(all -> all.ofKind(RecordDefinition.class).stream()
                .map(RecordDefinition::ref).collect(Collectors.toSet())).orElse(Set.of());
        List<FieldDefinition> read = csv != null ? CsvFields.read(ref, csv, records)
                : table != null ? table(ref, table, records) : FieldSpecs.read(ref.app(), fields);
        List<String> groups = snapshot.flatMap(all -> all.app(ref.app()))
                .map(app -> app.groups()).orElse(List.of());
        String users = group(groups, ref.app() + "_users", "_users");
        String admins = group(groups, ref.app() + "_admins", "_admins");
        return Drafts.record(ref, read, Set.of(users, admins).equals(Set.of(users))
                ? Set.of(users) : Set.of(users, admins), Set.of(admins));
    }

    /// The group of this name, or of such a name, or whichever may enter the app.
    private static String group(List<String> groups, String name, String ending) {
        return groups.stream().filter(name::equals).findFirst()
                .or(() -> groups.stream().filter(each -> each.endsWith(ending)).findFirst())
                .or(() -> groups.stream().findFirst())
                .orElse(name);
    }

    private List<FieldDefinition> table(Ref ref, String named, Set<Ref> records) {
        return DatabaseOf.with(where.settings(home.folder()), server -> {
            try (Database database = new Database(server)) {
                return database.read(sql -> TableFields.read(sql, ref, named, records));
            }
        });
    }

    private boolean migration(PrintWriter out) {
        known(name);
        Settings settings = where.settings(home.folder());
        if (!(new AppCompiler().compile(settings.apps()) instanceof Compilation.Success success)) {
            throw Refusal.conflict("The apps do not compile.", "See appos check.");
        }
        Map<Path, String> files = DatabaseOf.with(settings, server -> {
            try (Database database = new Database(server)) {
                AppSchema schema = DatabaseOf.schema(settings, database, clock);
                return fields.isEmpty()
                        ? schema.draft(database, success.snapshot(), name, !dryRun)
                        : blank(schema, String.join(" ", fields));
            }
        });
        files.forEach((file, text) -> {
            out.println((dryRun ? "--- " : "  made ") + home.folder().relativize(file));
            out.print(dryRun ? text + "\n" : "");
        });
        out.println(files.isEmpty() ? "Nothing to do: the tables are as the definitions say."
                : dryRun ? "Nothing was written." : "Read them, change them where you must, then: appos migrate");
        return true;
    }

    private Map<Path, String> blank(AppSchema schema, String called) {
        if (dryRun) {
            throw Refusal.malformed("An empty file says nothing yet.", "Leave --dry-run out.");
        }
        return Map.of(schema.blank(name, called), "");
    }
}
