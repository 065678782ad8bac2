package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;
import static dev.appos.operations.Given.yesOrNo;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.LoginAudit;
import dev.appos.identity.Sessions;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is in and who tried to come in: one's own sessions, and for administrators those of others.
final class SessionOperations {

    private final Parts parts;
    private final Sessions sessions;

    SessionOperations(Parts parts) {
        this.parts = parts;
        this.sessions = parts.accounts().sessions();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_sessions",
                        "Sessions and tokens that are alive, one's own or everybody's.",
                        Permission.VIEW,
                        List.of(maybe(text("username")), maybe(number("limit"))),
                        body(this::list)),
                PlatformRule.writes(
                        "end_session",
                        "Ends a session or token at once; with a username, only if it is that user's.",
                        Permission.VIEW,
                        List.of(text("id"), maybe(text("username"))),
                        body(this::end)),
                PlatformRule.writes(
                        "end_sessions",
                        "Ends every session and token of a user at once.",
                        Permission.ADMIN,
                        List.of(text("username")),
                        body(this::endAll)),
                PlatformRule.reads(
                        "list_logins",
                        "Who tried to log in, from where, and how it ended; newest first.",
                        Permission.ADMIN,
                        List.of(
                                maybe(text("username")),
                                maybe(yesOrNo("success")),
                                maybe(time("since")),
                                maybe(number("limit")),
                                maybe(text("cursor"))),
                        body(this::logins)));
    }

    private Object list(Permit permit, Given given) {
        Optional<String> owner = Delegation.ownerSeen(permit, given.optional("username"));
        return Pages.of(sessions.list(permit.sql(), owner, given.limit()), null);
    }

    private Object end(Permit permit, Given given) {
        Optional<String> owner = given.optional("username").map(Principal::normal);
        String caller = permit.principal().name();
        if (!Delegation.administers(permit)) {
            // Under another name it does not exist for him.
            if (owner.isPresent() && !owner.get().equals(caller)) {
                throw Refusal.notFound("session " + given.id("id"));
            }
            owner = Optional.of(caller);
        }
        permit.afterCommit(parts.directory()::refresh);
        sessions.end(permit.sql(), given.id("id"), owner);
        return Map.of("id", given.id("id"), "ended", true);
    }

    private Object endAll(Permit permit, Given given) {
        Users.User user = parts.accounts().users().get(permit.sql(), given.required("username"));
        Delegation.guardAdmin(permit, user);
        permit.afterCommit(parts.directory()::refresh);
        return Map.of("username", user.username(), "ended", sessions.endAll(permit.sql(), user.id()));
    }

    private Object logins(Permit permit, Given given) {
        LoginAudit.Filter filter = new LoginAudit.Filter(
                given.optional("username").map(Principal::normal),
                given.yes("success"),
                given.instant("since"),
                given.optionalId("cursor"));
        int limit = given.limit();
        List<LoginAudit.Attempt> found = parts.accounts().logins().list(permit.sql(), filter, limit + 1);
        return Pages.of(found, limit, LoginAudit.Attempt::id);
    }
}
