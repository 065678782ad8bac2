package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.ApiKeys;
import dev.appos.identity.Sessions;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Agents;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Passwords and API keys: one's own, and for administrators those of others.
final class CredentialOperations {

    private final Parts parts;
    private final Delegation delegation;
    private final Users users;
    private final ApiKeys keys;
    private final Agents agents;
    private final Sessions sessions;

    CredentialOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.users = parts.accounts().users();
        this.keys = parts.accounts().keys();
        this.agents = new Agents(parts.ids(), parts.clock());
        this.sessions = parts.accounts().sessions();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.writes(
                        "change_password",
                        "Gives oneself another password; every session of the account ends.",
                        Permission.VIEW,
                        List.of(text("old_password"), text("new_password")),
                        body(this::changePassword)),
                PlatformRule.writes(
                        "reset_password",
                        "Gives a user another password; every session of the account ends.",
                        Permission.ADMIN,
                        List.of(text("username"), text("password")),
                        body(this::resetPassword)),
                PlatformRule.writes(
                        "create_api_key",
                        "Makes a key for oneself, for a user or for an agent (agent:name); it is shown this once.",
                        Permission.VIEW,
                        List.of(text("name"), maybe(text("username")), maybe(text("agent")), maybe(time("expires_at"))),
                        body(this::createKey)),
                PlatformRule.writes(
                        "rotate_api_key",
                        "Gives a key another secret, shown this once; the former one dies, at once or when it is said.",
                        Permission.VIEW,
                        List.of(maybe(text("username")), text("id"), maybe(time("former_until"))),
                        body(this::rotateKey)),
                PlatformRule.writes(
                        "revoke_api_key",
                        "Ends a key of oneself, of a user or of an agent (agent:name) at once.",
                        Permission.VIEW,
                        List.of(maybe(text("username")), text("id")),
                        body(this::revokeKey)),
                PlatformRule.reads(
                        "list_api_keys",
                        "The keys of oneself, of a user or of an agent (agent:name), without their secrets.",
                        Permission.VIEW,
                        List.of(maybe(text("username"))),
                        body(this::listKeys)));
    }

    private Object changePassword(Permit permit, Given given) {
        String username = permit.principal().name();
        if (!users.proves(permit.sql(), parts.accounts().passwords(), username, given.required("old_password"))) {
            throw Refusal.invalid("The password", "/old_password", "wrong", "is not the password of this account");
        }
        return password(permit, username, "/new_password", given.required("new_password"));
    }

    private Object resetPassword(Permit permit, Given given) {
        delegation.mayActAs(permit, users.get(permit.sql(), given.required("username")));
        return password(permit, given.required("username"), "/password", given.required("password"));
    }

    private Object password(Permit permit, String username, String path, String password) {
        Users.User user = users.get(permit.sql(), username);
        String hash = parts.accounts().passwords().hash(path, password, user.names());
        permit.afterCommit(parts.directory()::refresh);
        users.password(permit.sql(), sessions, username, hash);
        return Map.of("username", Principal.normal(username), "sessions_ended", true);
    }

    private Object createKey(Permit permit, Given given) {
        ApiKeys.Owner owner = owner(permit, given.text("agent", ""), owned(permit, given));
        ApiKeys.Made made = keys.create(
                permit.sql(), owner, given.required("name"), given.instant("expires_at"), permit.principal().name());
        Map<String, @Nullable Object> answer = shown(made);
        answer.put("name", given.required("name"));
        return answer;
    }

    /// A new secret lets its holder act as the owner, so it is given to whoever may make a key.
    private Object rotateKey(Permit permit, Given given) {
        String owner = owned(permit, given);
        owner(permit, "", owner);
        if (!keys.owner(permit.sql(), given.id("id")).equals(owner)) {
            throw ApiKeys.unknown(given.id("id"));
        }
        permit.afterCommit(parts.directory()::refresh);
        return shown(keys.rotate(permit.sql(), given.id("id"), given.instant("former_until")));
    }

    private static Map<String, @Nullable Object> shown(ApiKeys.Made made) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", made.id());
        answer.put("api_key", made.apiKey());
        answer.put("expires_at", made.expiresAt().orElse(null));
        return answer;
    }

    /// Whose key it is to be: an agent's by its own name or by `agent:name` in the place of a user's, else a user's.
    private ApiKeys.Owner owner(Permit permit, String agentName, String username) {
        if (!agentName.isEmpty() || username.startsWith(Agents.PREFIX)) {
            Agents.Agent agent = agents.get(permit.sql(), agentName.isEmpty() ? username : agentName);
            delegation.mayActAs(permit, users.get(permit.sql(), agent.runsAs()));
            return new ApiKeys.Owner(agent.id(), true);
        }
        Users.User user = users.get(permit.sql(), username);
        if (user.username().equals(Groups.PUBLIC_ACCOUNT)) {
            throw Refusal.conflict(username + " stands for callers without a key.", "Make a service account instead.");
        }
        delegation.mayActAs(permit, user);
        return new ApiKeys.Owner(user.id(), false);
    }

    /// The owner as keys have it: the name of a user, or `agent:` and the name of an agent. The account an agent acts
    /// for has keys of its own, which are others.
    private static String owned(Permit permit, Given given) {
        return given.optional("username").map(Principal::normal).orElse(permit.principal().name());
    }

    /// A key is found under its owner only: under another name it does not exist, whoever asks.
    private Object revokeKey(Permit permit, Given given) {
        String owner = owned(permit, given);
        boolean may = owner.equals(permit.principal().name()) || Delegation.administers(permit);
        if (!may || !keys.owner(permit.sql(), given.id("id")).equals(owner)) {
            throw ApiKeys.unknown(given.id("id"));
        }
        permit.afterCommit(parts.directory()::refresh);
        keys.revoke(permit.sql(), given.id("id"));
        return Map.of("id", given.id("id"), "revoked", true);
    }

    private Object listKeys(Permit permit, Given given) {
        String owner = Delegation.ownerSeen(permit, given.optional("username")).orElse(permit.principal().name());
        return Pages.of(keys.of(permit.sql(), owner), null);
    }
}
