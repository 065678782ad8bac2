package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.config.Finding;
import dev.appos.insight.Circles;
import dev.appos.registry.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
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
        List<Problem> problems = switch (compilation) {
            case Compilation.Success _ -> List.of();
            case Compilation.Failure failure -> failure.problems().stream()
                    .filter(this::wanted)
                    .toList();
        };
        List<Finding> warnings = Stream.concat(compiler.warnings().stream(), circles(compilation).stream())
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
