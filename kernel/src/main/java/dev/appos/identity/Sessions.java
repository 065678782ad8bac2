package dev.appos.identity;

import dev.appos.base.Digest;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.identity.Credentials.Kind;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The rows of sessions and bearer tokens. A token is 32 random bytes, of which only the SHA-256 is kept.
public final class Sessions {

    private static final int TOKEN_BYTES = 32;

    /// A session as administrators see it.
    public record Session(
            UUID id,
            String kind,
            String owner,
            Instant createdAt,
            Instant lastSeen,
            Instant expiresAt,
            String ip,
            String agent) {}

    /// Whose session it is to be, and through which key it came.
    record Owner(@Nullable UUID user, @Nullable UUID agent, @Nullable UUID key) {}

    /// A row just made, and the hashes of those it pushed out.
    record Made(String token, Instant expiresAt, List<String> evicted) {}

    private final Ids ids;
    private final Clock clock;
    private final SessionLimits settings;

    Sessions(Ids ids, Clock clock, SessionLimits settings) {
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /// Makes a session or token. The caller holds a lock on the owner's row, so that counting is sound.
    Made create(DSLContext sql, Kind kind, Owner owner, Client client) {
        Instant now = clock.instant();
        Duration max = kind == Kind.SESSION ? settings.max() : settings.tokenMax();
        String token = ids.secret(TOKEN_BYTES);
        List<String> evicted = evict(sql, kind, owner, now);
        sql.execute(
                """
                insert into appos.sessions
                    (id, kind, token_hash, user_id, agent_id, api_key_id, created_at, last_seen, expires_at, ip, agent)
                values (?, ?, ?, cast(? as uuid), cast(? as uuid), cast(? as uuid),
                        cast(? as timestamptz), cast(? as timestamptz), cast(? as timestamptz), ?, ?)
                """,
                ids.next(),
                word(kind),
                Digest.sha256(token),
                owner.user(),
                owner.agent(),
                owner.key(),
                now,
                now,
                now.plus(max),
                client.ip(),
                client.agent());
        return new Made(token, now.plus(max), evicted);
    }

    private List<String> evict(DSLContext sql, Kind kind, Owner owner, Instant now) {
        int keep = (kind == Kind.SESSION ? settings.perUser() : settings.tokensPerOwner()) - 1;
        boolean user = owner.user() != null;
        return sql.fetch(
                        """
                        delete from appos.sessions
                        where {0} = {1} and kind = {2} and (expires_at <= {3} or id not in (
                            select id from appos.sessions
                            where {0} = {1} and kind = {2} and expires_at > {3}
                            order by created_at desc, id desc limit {4}))
                        returning token_hash
                        """,
                        DSL.name(user ? "user_id" : "agent_id"),
                        DSL.val(user ? owner.user() : owner.agent()),
                        DSL.val(word(kind)),
                        DSL.val(now),
                        DSL.val(keep))
                .getValues("token_hash", String.class);
    }

    /// Ends the session or token kept under this hash, if there is one.
    int end(DSLContext sql, String digest) {
        if (sql.fetchOptional("select 1 from appos.sessions where token_hash = ?", digest).isEmpty()) {
            return 0;
        }
        Versions.bump(sql, Area.CREDENTIALS);
        return sql.execute("delete from appos.sessions where token_hash = ?", digest);
    }

    /// Ends one session or token, of this owner where one is named.
    ///
    /// @param owner the name of a user, or `agent:` and that of an agent
    /// @throws Refusal if there is no such session
    public void end(DSLContext sql, UUID id, Optional<String> owner) {
        Versions.bump(sql, Area.CREDENTIALS);
        int ended = sql.execute(
                """
                delete from appos.sessions s
                where s.id = ? and (cast(? as text) is null or cast(? as text) = coalesce(
                    (select username from appos.users u where u.id = s.user_id),
                    (select 'agent:' || name from appos.agents a where a.id = s.agent_id)))
                """,
                id,
                owner.orElse(null),
                owner.orElse(null));
        if (ended == 0) {
            throw Refusal.notFound("session " + id);
        }
    }

    /// Ends every session and token of a user.
    ///
    /// @return how many there were
    public int endAll(DSLContext sql, UUID user) {
        Versions.bump(sql, Area.CREDENTIALS);
        return sql.execute("delete from appos.sessions where user_id = ?", user);
    }

    /// Ends every token of an agent.
    public void endAllOfAgent(DSLContext sql, UUID agent) {
        Versions.bump(sql, Area.CREDENTIALS);
        sql.execute("delete from appos.sessions where agent_id = ?", agent);
    }

    /// The sessions and tokens that are alive, newest first, of everyone or of one user.
    public List<Session> list(DSLContext sql, Optional<String> owner, int limit) {
        return sql.fetch(
                        """
                        select s.id, s.kind, coalesce(u.username, 'agent:' || a.name) as owner, s.created_at,
                               s.last_seen, s.expires_at, s.ip, s.agent
                        from appos.sessions s
                        left join appos.users u on u.id = s.user_id
                        left join appos.agents a on a.id = s.agent_id
                        where s.expires_at > cast(? as timestamptz)
                          and (cast(? as text) is null or coalesce(u.username, 'agent:' || a.name) = cast(? as text))
                        order by s.created_at desc, s.id desc limit ?
                        """,
                        clock.instant(),
                        owner.orElse(null),
                        owner.orElse(null),
                        limit)
                .map(row -> new Session(
                        row.get("id", UUID.class),
                        row.get("kind", String.class),
                        row.get("owner", String.class),
                        row.get("created_at", Instant.class),
                        row.get("last_seen", Instant.class),
                        row.get("expires_at", Instant.class),
                        row.get("ip", String.class),
                        row.get("agent", String.class)));
    }

    /// Removes what has expired.
    int sweep(DSLContext sql) {
        return sql.execute(
                "delete from appos.sessions where expires_at <= cast(? as timestamptz)", clock.instant());
    }

    private static String word(Kind kind) {
        return kind == Kind.SESSION ? "session" : "token";
    }
}
