package dev.appos.cli;

import static dev.appos.cli.Remote.part;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos process`: the instances of processes of a running platform.
@Command(name = "process", description = "Shows, starts, moves and ends processes.",
        synopsisSubcommandLabel = "COMMAND")
final class ProcessCommand {

    private static final String INSTANCES = "/api/v1/processes";

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists instances, the newest first.")
    int list(
            @Parameters(paramLabel = "PROCESS", arity = "0..1", description = "Only of this: crm.processes.onboard")
                    @Nullable String process,
            @Option(names = "--status", paramLabel = "STATUS",
                    description = "running, waiting, paused, interrupted, completed, failed, cancelled or archived")
                    @Nullable String status,
            @Option(names = "--limit", paramLabel = "NUMBER", defaultValue = "50") int limit) {
        List<String> query = new ArrayList<>(List.of("limit=" + limit));
        Optional.ofNullable(process).ifPresent(asked -> query.add("process=" + part(asked)));
        Optional.ofNullable(status).ifPresent(asked -> query.add("status=" + part(asked)));
        return print(remote.get(INSTANCES + "?" + String.join("&", query)),
                List.of("instance_id", "status", "display_name", "current_step", "started_at", "started_by"));
    }

    @Command(description = "Shows one instance.")
    int show(@Parameters(paramLabel = "ID") String id) {
        return print(remote.get(INSTANCES + "/" + part(id)), List.of());
    }

    @Command(description = "Lists the steps of an instance, an attempt a line.")
    int steps(@Parameters(paramLabel = "ID") String id) {
        return print(remote.get(INSTANCES + "/" + part(id) + "/steps"),
                List.of("path", "status", "attempt", "started_at", "duration_ms", "outputs", "error"));
    }

    @Command(description = "Starts a process.")
    int start(
            @Parameters(paramLabel = "PROCESS", description = "crm.processes.onboard_customer") String process,
            @Parameters(paramLabel = "NAME=VALUE", arity = "0..*", description = "Its inputs; a value is JSON or text.")
                    @Nullable Map<String, String> inputs) {
        String[] names = process.split("\\.processes\\.", 2);
        if (names.length < 2) {
            throw Refusal.malformed("\"" + process + "\" names no process.", "Write crm.processes.onboard_customer.");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        Optional.ofNullable(inputs).orElse(Map.of()).forEach((name, text) -> body.put(name, value(text)));
        String path = "/api/" + part(names[0]) + "/v1/processes/" + part(names[1]);
        return print(remote.call("POST", path, body), List.of());
    }

    private static Object value(String text) {
        try {
            return Json.read(text);
        } catch (RuntimeException _) {
            return text;
        }
    }

    @Command(description = "Lets an instance begin no further step until it is resumed.")
    int pause(@Parameters(paramLabel = "ID") String id) {
        return move(id, "pause");
    }

    @Command(description = "Lets a paused or interrupted instance go on.")
    int resume(@Parameters(paramLabel = "ID") String id) {
        return move(id, "resume");
    }

    @Command(description = "Lets a failed instance try again the step that it failed of.")
    int retry(@Parameters(paramLabel = "ID") String id) {
        return move(id, "retry");
    }

    @Command(description = "Ends an instance at its next step, and undoes what it says how to undo.")
    int cancel(@Parameters(paramLabel = "ID") String id) {
        return move(id, "cancel");
    }

    @Command(description = "Sends a signal to an instance that waits for it, or will.")
    int signal(
            @Parameters(paramLabel = "ID") String id, @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "VALUE", arity = "0..1",
                    description = "What it brings: an object as JSON, or one value.") @Nullable String text) {
        Object sent = text == null ? Map.of() : value(text);
        Object fields = sent == null || sent instanceof Map ? sent : Map.of("value", sent);
        return print(remote.call("POST", INSTANCES + "/" + part(id) + "/signals/" + part(name), fields), List.of());
    }

    @Command(description = "Lists living instances that could not go on with the code that is live, and why.")
    int stranded(@Parameters(paramLabel = "PROCESS", arity = "0..1") @Nullable String process) {
        String query = Optional.ofNullable(process).map(asked -> "?process=" + part(asked)).orElse("");
        return print(remote.get(INSTANCES + "/stranded" + query), List.of());
    }

    @Command(description = "Lets living instances go on with the code that is live, where they can.")
    int migrate(@Parameters(paramLabel = "PROCESS") String process) {
        return print(remote.call("POST", INSTANCES + "/migrate", Map.of("process", process)), List.of());
    }

    private int move(String id, String move) {
        return print(remote.call("POST", INSTANCES + "/" + part(id) + "/" + move, Map.of()), List.of());
    }

    private int print(Optional<Object> answer, List<String> columns) {
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, "Done.");
        return 0;
    }
}
