package dev.appos.cli;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.insight.DependencyFiles;
import dev.appos.insight.GraphAnswers;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos ask`: a question in plain words, to a running platform where it is said who asks, otherwise to the sources.
@Command(name = "ask", description = "Answers a question about the apps, from the sources or from a running platform.")
final class AskCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Parameters(paramLabel = "QUESTION", description = "Such as \"What depends on customer?\".")
    private String question;

    @Mixin
    private Remote remote;

    @Option(names = "--offline", description = "Ask the sources, whoever is known.")
    private boolean offline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Object> answer = offline || !remote.known() ? fromSources() : fromPlatform();
        PrintWriter out = spec.commandLine().getOut();
        switch (remote.format()) {
            case json -> out.println(Json.write(answer));
            case text -> {
                out.println(answer.get("summary"));
                Map<String, Object> understood = Json.object(answer.get("understood"), "The answer");
                if (understood.containsKey("note")) {
                    out.println(understood.get("note"));
                }
                out.println("Understood as " + Json.write(understood) + ". --format json tells the rest.");
            }
        }
        out.flush();
        return 0;
    }

    private Map<String, Object> fromSources() {
        return switch (new AppCompiler().compile(home.apps())) {
            case Compilation.Failure failure -> throw Refusal.unavailable(
                    "The sources have " + failure.problems().size() + " faults.", "Run appos check and mend them.");
            case Compilation.Success success -> {
                DependencyFiles files = new DependencyFiles(where.settings(home.folder()).state());
                Object answer =
                        GraphAnswers.offline(files.graph(success.snapshot()), success.snapshot(), question);
                yield Json.object(Plain.of(answer), "The answer");
            }
        };
    }

    private Map<String, Object> fromPlatform() {
        Object answer = remote.call("POST", "/api/v1/ask", Map.of("question", question)).orElseThrow();
        return Json.object(answer, "The answer");
    }
}
