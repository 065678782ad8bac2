package dev.appos.trace;

import dev.appos.base.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads what the door decided: every refusal, every call of an agent, and every change of
/// who may do what, newest first.
public final class AuditTrail {

    private static final String SELECT =
            """
            select id, at, execution_id, principal, on_behalf_of, object_ref, action, verdict, rule, policy,
                   policy_version, reason, approval_id, subject
            from appos.audit
            where (cast({0} as text) is null or object_ref = cast({0} as text))
              and (cast({1} as text) is null or cast({1} as text) in (principal, on_behalf_of))
              and (cast({2} as timestamptz) is null or at >= cast({2} as timestamptz))
              and (cast({3} as uuid) is null or id < cast({3} as uuid))
            order by id desc limit {4}
            """;

    private AuditTrail() {}

    /// Which decisions are wanted.
    ///
    /// @param user   made by this principal, or by an agent that acts for it
    /// @param before older than this one: where the page before ended
    public record Filter(
            Optional<String> objectRef, Optional<String> user, Optional<Instant> since, Optional<UUID> before) {}

    /// At most `limit` decisions by column, `at` as an [Instant].
    public static List<Map<String, @Nullable Object>> page(DSLContext sql, Filter filter, int limit) {
        return sql.fetch(
                        SELECT,
                        DSL.val(filter.objectRef().orElse(null), String.class),
                        DSL.val(filter.user().orElse(null), String.class),
                        DSL.val(filter.since().orElse(null), Instant.class),
                        DSL.val(filter.before().orElse(null), UUID.class),
                        DSL.val(limit))
                .map(AuditTrail::line);
    }

    private static Map<String, @Nullable Object> line(Record row) {
        Map<String, @Nullable Object> line = row.intoMap();
        line.put("at", row.get("at", Instant.class));
        line.computeIfPresent("subject", (_, subject) -> Json.read((String) subject));
        return line;
    }
}
