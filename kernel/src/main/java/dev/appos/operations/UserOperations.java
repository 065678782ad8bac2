package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.texts;

import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Sessions;
import dev.appos.identity.Users;
import dev.appos.identity.Users.Profile;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Users: who they are, and whether they may come in.
final class UserOperations {

    private static final List<String> TYPES =
            Arrays.stream(Principal.Type.values()).map(Principal.Type::word).toList();

    private final Parts parts;
    private final Delegation delegation;
    private final Users users;
    private final Groups groups;
    private final Sessions sessions;

    UserOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.users = parts.accounts().users();
        this.groups = new Groups(parts.clock());
        this.sessions = parts.accounts().sessions();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "get_current_user", "Who is asking.", Permission.VIEW, List.of(), body(this::current)),
                PlatformRule.reads(
                        "get_user", "One user by name.", Permission.VIEW, List.of(text("username")), body(this::get)),
                PlatformRule.reads(
                        "list_users",
                        "Users by name; q looks into names and e-mail addresses.",
                        Permission.ADMIN,
                        List.of(maybe(text("q")), maybe(number("limit")), maybe(text("cursor"))),
                        body(this::list)),
                PlatformRule.writes(
                        "create_user",
                        "Adds a user; without a password it can only use API keys.",
                        Permission.ADMIN,
                        List.of(
                                text("username"),
                                maybe(text("email")),
                                maybe(text("full_name")),
                                maybe(text("password")),
                                maybe(choice("user_type", TYPES)),
                                maybe(texts("groups")),
                                maybe(text("preferred_language")),
                                maybe(text("timezone"))),
                        body(this::create)),
                PlatformRule.writes(
                        "update_user",
                        "Changes what is said about a user.",
                        Permission.ADMIN,
                        List.of(
                                text("username"),
                                maybe(text("email")),
                                maybe(text("full_name")),
                                maybe(choice("user_type", TYPES)),
                                maybe(text("preferred_language")),
                                maybe(text("timezone"))),
                        body(this::update)),
                PlatformRule.writes(
                        "deactivate_user",
                        "Shuts a user out at once; sessions end and keys are revoked.",
                        Permission.ADMIN,
                        List.of(text("username")),
                        body(this::deactivate)),
                PlatformRule.writes(
                        "reactivate_user",
                        "Lets a user in again.",
                        Permission.ADMIN,
                        List.of(text("username")),
                        body(this::reactivate)));
    }

    private @Nullable Object current(Permit permit, Given given) {
        return switch (permit.principal()) {
            case Principal.User user -> Plain.of(users.get(permit.sql(), user.name()));
            case Principal.Agent agent -> agent(agent);
            case Principal.Platform platform -> Map.of("username", platform.name(), "user_type", "platform");
        };
    }

    private static Map<String, @Nullable Object> agent(Principal.Agent agent) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("username", agent.name());
        answer.put("user_type", "agent");
        answer.put("runs_as", agent.actsFor().name());
        answer.put("policies", agent.policies());
        answer.put("skills", agent.skills().map(skills -> skills.stream().sorted().toList()).orElse(null));
        return answer;
    }

    /// Everyone may see a colleague's name; the rest is for administrators and for the user.
    private @Nullable Object get(Permit permit, Given given) {
        Users.User user = users.get(permit.sql(), given.required("username"));
        if (user.username().equals(permit.principal().name()) || Delegation.administers(permit)) {
            return Plain.of(user);
        }
        return Map.of(
                "id", user.id(),
                "username", user.username(),
                "full_name", user.fullName(),
                "is_active", user.isActive());
    }

    private Object list(Permit permit, Given given) {
        int limit = given.limit();
        List<Users.User> found =
                users.list(permit.sql(), given.text("cursor", ""), given.text("q", ""), limit + 1);
        return Pages.of(found, limit, Users.User::username);
    }

    private @Nullable Object create(Permit permit, Given given) {
        Profile profile = profile(given);
        boolean admin = profile.type().equals(Optional.of(Principal.Type.SYSTEM_ADMIN));
        if (admin) {
            Delegation.unlimitedOnly(permit, "Making a system_admin");
        }
        given.list("groups").forEach(group -> delegation.holdsAllOf(permit, group));
        boolean service = profile.type().equals(Optional.of(Principal.Type.SERVICE_ACCOUNT));
        if (service && given.optional("password").isPresent()) {
            throw Refusal.invalid(
                    "The user", "/password", "not_allowed", "is not for service accounts; make an API key");
        }
        List<String> names = given.optional("email").map(email -> List.of(given.required("username"), email))
                .orElse(List.of(given.required("username")));
        Optional<String> hash = given.optional("password")
                .map(password -> parts.accounts().passwords().hash("/password", password, names));
        permit.afterCommit(parts.directory()::refresh);
        Users.User user =
                users.create(permit.sql(), given.required("username"), profile, hash, permit.principal().name());
        given.list("groups").forEach(group -> groups.addMember(permit.sql(), group, user.username()));
        return Plain.of(users.get(permit.sql(), user.username()));
    }

    private @Nullable Object update(Permit permit, Given given) {
        Profile profile = profile(given);
        Delegation.guardAdmin(permit, users.get(permit.sql(), given.required("username")));
        if (profile.type().equals(Optional.of(Principal.Type.SYSTEM_ADMIN))) {
            Delegation.unlimitedOnly(permit, "Making a system_admin");
        }
        permit.afterCommit(parts.directory()::refresh);
        return Plain.of(users.update(permit.sql(), given.required("username"), profile));
    }

    private @Nullable Object deactivate(Permit permit, Given given) {
        Delegation.guardAdmin(permit, users.get(permit.sql(), given.required("username")));
        permit.afterCommit(parts.directory()::refresh);
        return Plain.of(users.deactivate(permit.sql(), sessions, given.required("username")));
    }

    private @Nullable Object reactivate(Permit permit, Given given) {
        Delegation.guardAdmin(permit, users.get(permit.sql(), given.required("username")));
        permit.afterCommit(parts.directory()::refresh);
        return Plain.of(users.reactivate(permit.sql(), given.required("username")));
    }

    private static Profile profile(Given given) {
        return new Profile(
                given.optional("email"),
                given.optional("full_name"),
                given.optional("user_type").map(type -> Principal.Type.valueOf(type.toUpperCase(Locale.ROOT))),
                given.optional("preferred_language"),
                given.optional("timezone"));
    }
}
