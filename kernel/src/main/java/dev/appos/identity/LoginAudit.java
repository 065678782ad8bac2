package dev.appos.identity;

import dev.appos.base.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Who tried to log in, from where, and how it ended. Rows are added, never changed, and go when they are old.
public final class LoginAudit {

    /// One attempt.
    ///
    /// @param username as it was tried, whether anybody is called so or not
    /// @param reason   `ok`, or why not: `invalid_password`, `max_attempts` …
    public record Attempt(
            UUID id, Instant at, String username, String ip, String agent, boolean success, String reason) {}

    /// Which attempts are wanted; absent is any.
    ///
    /// @param before the id of the attempt before which the page begins
    public record Filter(
            Optional<String> username, Optional<Boolean> success, Optional<Instant> since, Optional<UUID> before) {}

    private final Ids ids;
    private final Clock clock;
    private final Duration kept;

    LoginAudit(Ids ids, Clock clock, Duration kept) {
        this.ids = ids;
        this.clock = clock;
        this.kept = kept;
    }

    void add(DSLContext sql, String username, Client client, String reason) {
        sql.execute(
                """
                insert into appos.login_audit (id, at, username, ip, agent, success, reason)
                values (?, cast(? as timestamptz), ?, ?, ?, ?, ?)
                """,
                ids.next(),
                clock.instant(),
                username,
                client.ip(),
                client.agent(),
                reason.equals("ok"),
                reason);
    }

    /// Attempts, newest first.
    public List<Attempt> list(DSLContext sql, Filter filter, int limit) {
        return sql.fetch(
                        """
                        select id, at, username, ip, agent, success, reason from appos.login_audit
                        where (cast(? as text) is null or username = cast(? as text))
                          and (cast(? as boolean) is null or success = cast(? as boolean))
                          and (cast(? as timestamptz) is null or at >= cast(? as timestamptz))
                          and (cast(? as uuid) is null or id < cast(? as uuid))
                        order by id desc limit ?
                        """,
                        filter.username().orElse(null),
                        filter.username().orElse(null),
                        filter.success().orElse(null),
                        filter.success().orElse(null),
                        filter.since().orElse(null),
                        filter.since().orElse(null),
                        filter.before().orElse(null),
                        filter.before().orElse(null),
                        limit)
                .map(row -> new Attempt(
                        row.get("id", UUID.class),
                        row.get("at", Instant.class),
                        row.get("username", String.class),
                        row.get("ip", String.class),
                        row.get("agent", String.class),
                        row.get("success", boolean.class),
                        row.get("reason", String.class)));
    }

    int sweep(DSLContext sql) {
        return sql.execute(
                "delete from appos.login_audit where at < cast(? as timestamptz)", clock.instant().minus(kept));
    }
}
