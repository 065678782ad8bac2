package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.operations.ObjectRules;
import dev.appos.registry.Impact;
import dev.appos.registry.Snapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos impact`: who is touched when an object changes, read from the sources.
@Command(name = "impact", description = "Tells which objects are touched when one changes.")
final class ImpactOf implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(paramLabel = "REF", description = "The object, such as crm.records.customer.")
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
                print(out, Impact.of(known(success.snapshot()), success.snapshot().references()));
                out.flush();
                yield 0;
            }
        };
    }

    private Ref known(Snapshot snapshot) {
        if (snapshot.find(ref).isPresent()) {
            return Ref.of(ref);
        }
        List<String> refs = snapshot.definitions().stream().map(object -> object.ref().toString()).toList();
        throw Refusal.malformed("There is no object called " + ref + ".", Nearest.remedy(ref, refs));
    }

    private void print(PrintWriter out, Impact impact) {
        switch (format) {
            case json -> out.println(Json.write(ObjectRules.values(impact)));
            case text -> {
                out.println(impact.ref());
                impact.direct().forEach(user -> out.println("  " + user));
                impact.transitive().forEach(user -> out.println("    " + user));
                out.println(impact.recommendation());
            }
        }
    }
}
