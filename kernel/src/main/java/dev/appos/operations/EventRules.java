package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;

import dev.appos.base.Refusal;
import dev.appos.dispatch.EventLog;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.secure.GroupGuard;
import java.util.List;

/// What an app tells of its business, for those who may enter the app.
final class EventRules {

    private final GroupGuard guard;

    EventRules(GroupGuard guard) {
        this.guard = guard;
    }

    List<PlatformRule> all() {
        return List.of(PlatformRule.reads(
                "list_app_events",
                "What the rules of an app told with ctx.log(), newest first.",
                Permission.VIEW,
                List.of(
                        text("app"), maybe(text("event_type")), maybe(text("object_ref")), maybe(text("execution_id")),
                        maybe(time("since")), maybe(number("limit")), maybe(text("cursor"))),
                body(this::list)));
    }

    /// An app that the caller may not enter is, to them, not there.
    private Object list(Permit permit, Given given) {
        String app = given.required("app");
        boolean there = permit.snapshot().app(app).isPresent()
                && (Delegation.administers(permit) || guard.enters(permit.principal(), permit.snapshot(), app));
        if (!there) {
            throw Refusal.notFound("app called " + app);
        }
        int limit = given.limit();
        EventLog.Wanted wanted = new EventLog.Wanted(
                app, given.optional("event_type"), given.optional("object_ref"), given.optional("execution_id"),
                given.instant("since"), given.optional("cursor").map(EventRules::cursor));
        return Pages.of(EventLog.page(permit.sql(), wanted, limit + 1), limit, entry -> entry.get("id"));
    }

    private static Long cursor(String written) {
        if (written.matches("\\d{1,18}")) {
            return Long.valueOf(written);
        }
        throw Refusal.invalid("The input", "/cursor", "form", "must be the next of the page before");
    }
}
