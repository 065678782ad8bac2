package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.insight.DependencyFiles;
import dev.appos.insight.FieldImpact;
import dev.appos.insight.Graph;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos impact`: who is touched when an object changes, read from the sources, with what a server saw while it ran.
@Command(name = "impact", description = "Tells which objects are touched when one changes.")
final class ImpactOf implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Parameters(paramLabel = "REF", description = "The object or field, such as crm.records.customer.")
    private String ref;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print it.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (new AppCompiler().compile(home.apps())) {
            case Compilation.Failure failure -> {
                failure.problems().forEach(out::println);
                out.flush();
                yield 1;
            }
            case Compilation.Success success -> {
                DependencyFiles files = new DependencyFiles(where.settings(home.folder()).state());
                Graph graph = files.graph(success.snapshot());
                print(out, FieldImpact.of(graph, success.snapshot(), ref));
                out.flush();
                yield 0;
            }
        };
    }

    private void print(PrintWriter out, Map<String, Object> impact) {
        switch (format) {
            case json -> out.println(Json.write(impact));
            case text -> {
                out.println(ref);
                ((List<?>) impact.get("direct_dependencies")).forEach(used -> out.println("  uses " + used));
                out.println("  used by " + impact.get("total"));
                ((List<?>) impact.get("direct_dependents")).forEach(user -> out.println("    " + user));
                ((List<?>) impact.get("transitive_dependents")).forEach(user -> out.println("      " + user));
                out.println(impact.get("recommendation"));
            }
        }
    }
}
