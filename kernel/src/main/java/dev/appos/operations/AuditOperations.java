package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.time;

import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The audit: which rule let a call through, held it or refused it.
final class AuditOperations {

    List<PlatformRule> all() {
        return List.of(PlatformRule.reads(
                "list_audit",
                "Refusals of everybody and calls of agents, newest first.",
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
        List<Map<String, Object>> found = permit.sql()
                .fetch(
                        """
                        select id, at, execution_id, principal, on_behalf_of, object_ref, action, verdict, rule, policy,
                               policy_version, reason, approval_id
                        from appos.audit
                        where (cast({0} as text) is null or object_ref = cast({0} as text))
                          and (cast({1} as text) is null or cast({1} as text) in (principal, on_behalf_of))
                          and (cast({2} as timestamptz) is null or at >= cast({2} as timestamptz))
                          and (cast({3} as uuid) is null or id < cast({3} as uuid))
                        order by id desc limit {4}
                        """,
                        DSL.val(given.optional("object_ref").orElse(null), String.class),
                        DSL.val(given.optional("user").orElse(null), String.class),
                        DSL.val(given.instant("since").orElse(null), Instant.class),
                        DSL.val(given.optionalId("cursor").orElse(null), UUID.class),
                        DSL.val(limit + 1))
                .map(AuditOperations::line);
        return Pages.of(found, limit, line -> line.get("id"));
    }

    private static Map<String, Object> line(Record row) {
        Map<String, Object> line = row.intoMap();
        line.put("at", row.get("at", Instant.class));
        return line;
    }
}
