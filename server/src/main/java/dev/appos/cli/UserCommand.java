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

/// `appos user`: the users of a running platform.
@Command(name = "user", description = "Lists, adds, shuts out and lets in users of a running platform.",
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand {

    private static final String USERS = "/api/admin/users";

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists users, those whose name or e-mail address holds a text.")
    int list(@Parameters(paramLabel = "TEXT", arity = "0..1") @Nullable String text) {
        String path = text == null ? USERS : USERS + "?q=" + part(text);
        return print(remote.get(path), "No user.");
    }

    @Command(description = "Shows one user.")
    int show(@Parameters(paramLabel = "USER") String user) {
        return print(remote.get(USERS + "/" + part(user)), "");
    }

    @Command(description = "Adds a user. Without a password in APPOS_NEW_PASSWORD it can only use API keys.")
    int create(
            @Parameters(paramLabel = "USER") String user,
            @Option(names = "--email", paramLabel = "ADDRESS") @Nullable String email,
            @Option(names = "--name", paramLabel = "NAME", description = "What people call the user.")
                    @Nullable String name,
            @Option(names = "--type", paramLabel = "TYPE", defaultValue = "basic",
                    description = "basic, system_admin or service_account") String type,
            @Option(names = "--group", paramLabel = "GROUP", description = "May be given several times.")
                    @Nullable List<String> groups) {
        Map<String, Object> body = new HashMap<>(Map.of("username", user, "user_type", type));
        Optional.ofNullable(email).ifPresent(given -> body.put("email", given));
        Optional.ofNullable(name).ifPresent(given -> body.put("full_name", given));
        Optional.ofNullable(groups).ifPresent(given -> body.put("groups", given));
        Optional.ofNullable(System.getenv("APPOS_NEW_PASSWORD")).ifPresent(given -> body.put("password", given));
        return print(remote.call("POST", USERS, body), "");
    }

    @Command(description = "Shuts a user out at once: sessions end and keys are revoked.")
    int deactivate(@Parameters(paramLabel = "USER") String user) {
        return print(remote.call("POST", USERS + "/" + part(user) + "/deactivate", null), user + " is shut out.");
    }

    @Command(description = "Lets a user in again.")
    int reactivate(@Parameters(paramLabel = "USER") String user) {
        return print(remote.call("POST", USERS + "/" + part(user) + "/reactivate", null), user + " is let in.");
    }

    private int print(Optional<Object> answer, String done) {
        List<String> columns = List.of("username", "full_name", "email", "user_type", "is_active", "groups");
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, done);
        return 0;
    }
}
