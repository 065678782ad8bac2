package dev.appos.cli;

import static dev.appos.cli.Remote.part;

import java.util.ArrayList;
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

/// `appos grant`: what groups of a running platform may do, and why somebody may or may not.
@Command(name = "grant", description = "Lists, gives and takes permissions of a running platform, and explains them.",
        synopsisSubcommandLabel = "COMMAND")
final class GrantCommand {

    private static final String GRANTS = "/api/admin/grants";

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists what was granted.")
    int list(
            @Option(names = "--group", paramLabel = "GROUP") @Nullable String group,
            @Option(names = "--ref", paramLabel = "REF") @Nullable String ref) {
        List<String> query = new ArrayList<>();
        Optional.ofNullable(group).ifPresent(given -> query.add("group=" + part(given)));
        Optional.ofNullable(ref).ifPresent(given -> query.add("object_ref=" + part(given)));
        return print(remote.get(query.isEmpty() ? GRANTS : GRANTS + "?" + String.join("&", query)), "No grant.");
    }

    @Command(description = "Grants permissions: view, use, create, update, delete, admin.")
    int add(
            @Parameters(paramLabel = "GROUP") String group,
            @Parameters(paramLabel = "REF") String ref,
            @Parameters(paramLabel = "PERMISSION", arity = "1..*") List<String> permissions) {
        return print(remote.call("POST", GRANTS, body(group, ref, permissions)), "Granted.");
    }

    @Command(description = "Takes permissions away, at once.")
    int remove(
            @Parameters(paramLabel = "GROUP") String group,
            @Parameters(paramLabel = "REF") String ref,
            @Parameters(paramLabel = "PERMISSION", arity = "1..*") List<String> permissions) {
        return print(remote.call("DELETE", GRANTS, body(group, ref, permissions)), "Taken away.");
    }

    @Command(description = "Names the rule that lets a user do something, or keeps it from it.")
    int explain(
            @Parameters(paramLabel = "USER") String user,
            @Parameters(paramLabel = "REF") String ref,
            @Parameters(paramLabel = "PERMISSION") String permission) {
        return print(remote.get("/api/admin/explain?user=" + part(user) + "&ref=" + part(ref) + "&permission="
                + part(permission)), "");
    }

    private static Map<String, Object> body(String group, String ref, List<String> permissions) {
        return Map.of("group", group, "object_ref", ref, "permissions", permissions);
    }

    private int print(Optional<Object> answer, String done) {
        List<String> columns = List.of("group", "object_ref", "permissions");
        Listing.print(spec.commandLine().getOut(), remote.format(), answer, columns, done);
        return 0;
    }
}
