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

/// `appos key`: the API keys of a user of a running platform.
@Command(name = "key", description = "Lists, makes and revokes API keys of a running platform.",
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists the keys of a user.")
    int list(@Parameters(paramLabel = "USER") String user) {
        return print(remote.get(keys(user)), "No key.");
    }

    @Command(description = "Makes a key and prints it, this once.")
    int create(
            @Parameters(paramLabel = "USER") String user,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "What it is for.")
                    String name,
            @Option(names = "--expires", paramLabel = "TIME", description = "Such as 2027-01-31T00:00:00Z.")
                    @Nullable String expires) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name));
        Optional.ofNullable(expires).ifPresent(given -> body.put("expires_at", given));
        return print(remote.call("POST", keys(user), body), "");
    }

    @Command(description = "Revokes a key, at once.")
    int revoke(@Parameters(paramLabel = "USER") String user, @Parameters(paramLabel = "ID") String id) {
        return print(remote.call("DELETE", keys(user) + "/" + part(id), null), "The key is revoked.");
    }

    private static String keys(String user) {
        return "/api/admin/users/" + part(user) + "/api-keys";
    }

    private int print(Optional<Object> answer, String done) {
        List<String> columns = List.of("id", "name", "created_at", "expires_at", "revoked_at", "last_used_at");
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, done);
        return 0;
    }
}
