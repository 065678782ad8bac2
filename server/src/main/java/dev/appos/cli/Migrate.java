package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.boot.Settings;
import dev.appos.record.AppSchema;
import dev.appos.record.Plan;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos migrate`: makes the tables fit the records, or says what that would take.
@Command(name = "migrate", description = "Makes the tables fit the records; --dry-run only says what it would take.")
final class Migrate implements Callable<Integer> {

    private static final int CONNECTIONS = 4;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Option(names = "--dry-run", description = "Changes nothing.")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print the plan.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = where.settings(home.folder());
        return switch (new AppCompiler().compile(settings.apps())) {
            case Compilation.Failure failure -> {
                failure.problems().forEach(out::println);
                out.flush();
                yield 1;
            }
            case Compilation.Success success -> {
                Plan plan = carryOut(settings, success.snapshot());
                out.println(format == Format.json ? Json.write(plan.values()) : plan.toString());
                out.flush();
                yield plan.refused() ? 1 : 0;
            }
        };
    }

    private Plan carryOut(Settings settings, Snapshot snapshot) {
        if (settings.database().isPresent()) {
            return carryOut(settings, snapshot, settings.database().get());
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.state())) {
            return carryOut(settings, snapshot, postgres.settings(CONNECTIONS));
        }
    }

    private Plan carryOut(Settings settings, Snapshot snapshot, DatabaseSettings server) {
        try (Database database = new Database(server)) {
            Migrations migrations = new Migrations(database);
            migrations.applyPlatform();
            AppSchema schema = new AppSchema(migrations, settings.migrations());
            return dryRun ? schema.plan(database, snapshot) : schema.apply(database, snapshot);
        }
    }
}
