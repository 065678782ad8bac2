package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.boot.Settings;
import dev.appos.record.AppSchema;
import dev.appos.record.Plan;
import dev.appos.record.Undeclared;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos migrate`: makes the tables fit the records, or says what that would take.
@Command(name = "migrate", description = "Makes the tables fit the records; --dry-run only says what it would take.")
final class Migrate implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Option(names = "--dry-run", description = "Changes nothing.")
    private boolean dryRun;

    @Option(names = "--drop", description = "Drops what is no longer declared, after dumping it below .appos/dumps.")
    private boolean drop;

    @Option(names = "--restore", paramLabel = "DUMP", description = "Puts back what this folder holds, and no more.")
    private Path restore;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print the plan.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    private final Clock clock;

    Migrate(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = where.settings(home.folder());
        if (restore != null) {
            Map<String, Long> restored = with(settings, (schema, database) -> schema.restore(database, restore));
            restored.forEach((name, rows) -> out.println(name + ": " + rows + " rows restored"));
            out.flush();
            return 0;
        }
        return switch (new AppCompiler().compile(settings.apps())) {
            case Compilation.Failure failure -> {
                failure.problems().forEach(out::println);
                out.flush();
                yield 1;
            }
            case Compilation.Success success -> {
                Plan plan = with(settings, (schema, database) -> carryOut(schema, database, success.snapshot()));
                out.println(format == Format.json ? Json.write(plan.values()) : plan.toString());
                out.flush();
                yield plan.refused() ? 1 : 0;
            }
        };
    }

    private Plan carryOut(AppSchema schema, Database database, Snapshot snapshot) {
        Undeclared undeclared = drop ? Undeclared.DROP : Undeclared.KEEP;
        return dryRun ? schema.plan(database, snapshot, undeclared) : schema.apply(database, snapshot, undeclared);
    }

    private <T> T with(Settings settings, BiFunction<AppSchema, Database, T> work) {
        return DatabaseOf.with(settings, server -> with(settings, server, work));
    }

    private <T> T with(Settings settings, DatabaseSettings server, BiFunction<AppSchema, Database, T> work) {
        try (Database database = new Database(server)) {
            return work.apply(DatabaseOf.schema(settings, database, clock), database);
        }
    }
}
