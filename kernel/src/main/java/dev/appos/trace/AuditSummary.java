package dev.appos.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Counts what the door decided.
public final class AuditSummary {

    private static final String REFUSALS =
            """
            select object_ref, principal, action, verdict, rule, count(*) as count, max(at) as last
            from appos.audit
            where verdict in ('deny', 'over_budget')
              and (cast({0} as text) is null or object_ref = cast({0} as text))
              and at >= cast({1} as timestamptz)
            group by object_ref, principal, action, verdict, rule
            order by count(*) desc, max(at) desc limit {2}
            """;

    private AuditSummary() {}

    /// What was refused since then, the most frequent first: `object_ref, principal, action, verdict, rule, count,
    /// last`.
    ///
    /// @param objectRef of this object only
    public static List<Map<String, @Nullable Object>> refusals(
            DSLContext sql, Optional<String> objectRef, Instant since, int limit) {
        return sql.fetch(
                        REFUSALS,
                        DSL.val(objectRef.orElse(null), String.class),
                        DSL.val(since, Instant.class),
                        DSL.val(limit))
                .map(row -> {
                    Map<String, @Nullable Object> line = row.intoMap();
                    line.put("last", row.get("last", Instant.class));
                    return line;
                });
    }
}
