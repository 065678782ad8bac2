package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.config.Finding;
import dev.appos.insight.Circles;
import dev.appos.boot.Settings;
import dev.appos.record.AppSchema;
import dev.appos.record.Plan;
import dev.appos.record.Risk;
import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.store.Migrations;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos check`: every fault of the sources at once, without running anything.
@Command(name = "check", description = "Finds every fault of the apps, with file, line and what to do.")
final class Check implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "Only the faults of this app.")
    private String app;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print them.")
    private Format format = Format.text;

    @Option(names = "--tables", description = "Also asks the database what the next start would do to its tables.")
    private boolean tables;

    @Mixin
    private Where where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        AppCompiler compiler = new AppCompiler();
        Compilation compilation = compiler.compile(home.apps());
        boolean known = app == null || Files.isDirectory(home.apps().resolve(app));
        if (!known) {
            throw Refusal.notFound("app called " + app);
        }
        Optional<Plan> plan = tables && compilation instanceof Compilation.Success success
                ? Optional.of(plan(success.snapshot())) : Optional.empty();
        List<Problem> problems = switch (compilation) {
            case Compilation.Success _ -> plan.map(Plan::problems).orElse(List.of()).stream()
                    .filter(this::wanted).toList();
            case Compilation.Failure failure -> failure.problems().stream()
                    .filter(this::wanted)
                    .toList();
        };
        List<Finding> warnings = Stream.of(compiler.warnings(), circles(compilation), risks(plan))
                .flatMap(List::stream)
                .filter(warning -> app == null || warning.file().startsWith(app + "/"))
                .toList();
        switch (format) {
            case json -> out.println(Json.write(Plain.of(Map.of("problems", problems, "warnings", warnings))));
            case text -> {
                warnings.forEach(out::println);
                problems.forEach(out::println);
                out.println(problems.isEmpty() ? "No faults." : problems.size() + " faults.");
            }
        }
        out.flush();
        return problems.isEmpty() ? 0 : 1;
    }

    private Plan plan(Snapshot snapshot) {
        Settings settings = where.settings(home.folder());
        return DatabaseOf.with(settings, server -> {
            try (Database database = new Database(server)) {
                return new AppSchema(new Migrations(database), settings.migrations()).plan(database, snapshot);
            }
        });
    }

    /// What would hold others up, needs rows that bear it, or loses something.
    private static List<Finding> risks(Optional<Plan> plan) {
        return plan.stream().flatMap(found -> found.steps().stream())
                .filter(step -> step.risk() != Risk.SAFE)
                .map(step -> new Finding(step.app() + "/records", 0, 1, true,
                        "the next start: " + step.what() + " (" + step.risk() + ")", step.reason()))
                .toList();
    }

    /// Objects that call each other in a circle, which may be meant.
    private static List<Finding> circles(Compilation compilation) {
        return switch (compilation) {
            case Compilation.Success success -> Circles.of(success.snapshot()).stream()
                    .map(circle -> new Finding(
                            circle.file(), circle.line(), circle.column(), true, circle.message(), circle.remedy()))
                    .toList();
            case Compilation.Failure _ -> List.of();
        };
    }

    private boolean wanted(Problem problem) {
        return app == null || problem.file().startsWith(app + "/");
    }
}
