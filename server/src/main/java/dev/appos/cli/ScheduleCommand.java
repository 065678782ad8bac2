package dev.appos.cli;

import static dev.appos.cli.Remote.part;

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

/// `appos schedule`: when processes of a running platform start by themselves.
@Command(name = "schedule", description = "Lists, stops and runs the schedules of a running platform.",
        synopsisSubcommandLabel = "COMMAND")
final class ScheduleCommand {

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists when processes start by themselves; with --format json the next five times of each.")
    int list(
            @Option(names = "--process", paramLabel = "REF", description = "Of this process only.")
                    @Nullable String process) {
        String query = process == null ? "" : "?process=" + part(process);
        return print(remote.get("/api/v1/schedules" + query), "No schedule.");
    }

    @Command(description = "Lets a schedule run again; what it missed is not made up for.")
    int enable(@Parameters(paramLabel = "ID") String id) {
        return set(id, true);
    }

    @Command(description = "Stops a schedule until it is enabled again.")
    int disable(@Parameters(paramLabel = "ID") String id) {
        return set(id, false);
    }

    @Command(description = "Starts the process of a schedule now, as the schedule would.")
    int run(@Parameters(paramLabel = "ID") String id) {
        return print(remote.call("POST", "/api/v1/schedules/" + part(id) + "/run", Map.of()), "");
    }

    private int set(String id, boolean enabled) {
        return print(remote.call("PATCH", "/api/v1/schedules/" + part(id), Map.of("enabled", enabled)), "");
    }

    private int print(Optional<Object> answer, String done) {
        List<String> columns = List.of(
                "id", "cron", "zone", "enabled", "asked_at", "next_run", "last_run", "last_instance", "error");
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, done);
        return 0;
    }
}
