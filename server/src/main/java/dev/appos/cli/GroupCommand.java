package dev.appos.cli;

import static dev.appos.cli.Remote.part;

import java.util.HashMap;
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

/// `appos group`: the groups of a running platform and who is in them.
@Command(name = "group", description = "Lists and adds groups of a running platform, and says who is in them.",
        synopsisSubcommandLabel = "COMMAND")
final class GroupCommand {

    private static final String GROUPS = "/api/admin/groups";

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists the groups.")
    int list() {
        return print(remote.get(GROUPS), "No group.");
    }

    @Command(description = "Adds a group.")
    int create(
            @Parameters(paramLabel = "GROUP") String group,
            @Option(names = "--description", paramLabel = "TEXT") @Nullable String description,
            @Option(names = "--app", paramLabel = "APP",
                    description = "An app its members may enter; may be given several times.")
                    @Nullable List<String> apps) {
        Map<String, Object> body = new HashMap<>(Map.of("name", group));
        Optional.ofNullable(description).ifPresent(given -> body.put("description", given));
        Optional.ofNullable(apps).ifPresent(given -> body.put("apps", given));
        return print(remote.call("POST", GROUPS, body), "");
    }

    @Command(description = "Makes a user a member.")
    int add(@Parameters(paramLabel = "GROUP") String group, @Parameters(paramLabel = "USER") String user) {
        return print(remote.call("PUT", member(group, user), null), user + " is a member of " + group + ".");
    }

    @Command(description = "Takes a membership away, at once.")
    int remove(@Parameters(paramLabel = "GROUP") String group, @Parameters(paramLabel = "USER") String user) {
        return print(remote.call("DELETE", member(group, user), null), user + " is no member of " + group + ".");
    }

    private static String member(String group, String user) {
        return GROUPS + "/" + part(group) + "/members/" + part(user);
    }

    private int print(Optional<Object> answer, String done) {
        List<String> columns = List.of("name", "type", "is_active", "apps", "members", "description");
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, done);
        return 0;
    }
}
