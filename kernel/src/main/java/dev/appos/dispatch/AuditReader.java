package dev.appos.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Reads back what the door kept: every refusal of anybody, and every call of an agent.
public final class AuditReader {

    /// Which lines.
    ///
    /// @param objectRef of this object
    /// @param user      by this principal, or on behalf of it
    /// @param since     not older than this
    /// @param before    older than the line with this id
    public record Filter(
            Optional<String> objectRef, Optional<String> user, Optional<Instant> since, Optional<UUID> before) {}

    private AuditReader() {}

    /// Lines by column, newest first.
    public static List<Map<String, Object>> list(DSLContext sql, Filter filter, int limit) {
        return sql.fetch(
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
                        DSL.val(filter.objectRef().orElse(null), String.class),
                        DSL.val(filter.user().orElse(null), String.class),
                        DSL.val(filter.since().orElse(null), Instant.class),
                        DSL.val(filter.before().orElse(null), UUID.class),
                        DSL.val(limit))
                .map(AuditReader::line);
    }

    private static Map<String, Object> line(Record row) {
        Map<String, Object> line = row.intoMap();
        line.put("at", row.get("at", Instant.class));
        return line;
    }
}
