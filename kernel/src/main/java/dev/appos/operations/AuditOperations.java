package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;

import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.trace.AuditTrail;
import java.util.List;

/// The audit: which rule let a call through, held it or refused it.
final class AuditOperations {

    List<PlatformRule> all() {
        return List.of(PlatformRule.reads(
                "list_audit",
                "Refusals of everybody, calls of agents and changes of the platform itself, newest first.",
                Permission.ADMIN,
                List.of(
                        maybe(text("object_ref")),
                        maybe(text("user")),
                        maybe(time("since")),
                        maybe(number("limit")),
                        maybe(text("cursor"))),
                body(this::list)));
    }

    private Object list(Permit permit, Given given) {
        int limit = given.limit();
        AuditTrail.Filter filter = new AuditTrail.Filter(
                given.optional("object_ref"), given.optional("user"), given.instant("since"),
                given.optionalId("cursor"));
        return Pages.of(AuditTrail.page(permit.sql(), filter, limit + 1), limit, line -> line.get("id"));
    }
}
