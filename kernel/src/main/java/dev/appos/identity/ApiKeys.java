package dev.appos.identity;

import dev.appos.base.Digest;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// API keys: `appos_`, a public part by which a key is found, and a secret part of 48 random bytes of which a hash
/// under the [ServerSecret] is kept. So long a secret cannot be guessed, so a slow hash would protect nothing; but
/// without the server's secret nobody can put a key of his own into the table.
public final class ApiKeys {

    private static final int SECRET_BYTES = 48;

    /// What proofs of keys are for.
    static final String PURPOSE = "api key";

    /// Whose key it is.
    ///
    /// @param agent whether `id` is an agent's and not a user's
    public record Owner(UUID id, boolean agent) {}

    /// A key that was just made, the only time its secret is seen.
    public record Made(UUID id, String apiKey, Optional<Instant> expiresAt) {}

    /// A key as administrators see it.
    public record ApiKey(
            UUID id,
            String name,
            String owner,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> rotatedAt,
            Optional<Instant> formerUntil) {}

    /// A key that was presented and is good.
    ///
    /// @param until when it is good no longer
    record Found(UUID id, String owner, Optional<Instant> until) {}

    /// A presented key taken apart.
    record Parts(String publicId, String secret) {

        private static final Pattern FORM = Pattern.compile("appos_([0-9a-f]{12})_([A-Za-z0-9_-]{64})");

        static Optional<Parts> of(String presented) {
            Matcher matcher = FORM.matcher(presented);
            return matcher.matches() ? Optional.of(new Parts(matcher.group(1), matcher.group(2))) : Optional.empty();
        }
    }

    private final ServerSecret server;
    private final SessionLimits limits;
    private final Ids ids;
    private final Clock clock;

    ApiKeys(ServerSecret server, SessionLimits limits, Ids ids, Clock clock) {
        this.server = server;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes a key.
    ///
    /// @throws Refusal if it would be expired already
    public Made create(DSLContext sql, Owner owner, String name, Optional<Instant> expiresAt, String by) {
        Instant now = clock.instant();
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw Refusal.invalid("The key", "/expires_at", "past", "must lie in the future");
        }
        if (name.isBlank() || name.length() > 100) {
            throw Refusal.invalid("The key", "/name", "length", "must have 1 to 100 characters");
        }
        UUID id = ids.next();
        String publicId = ids.next().toString().substring(24);
        String secret = ids.secret(SECRET_BYTES);
        sql.execute(
                """
                insert into appos.api_keys
                    (id, public_id, secret_hash, name, user_id, agent_id, created_at, created_by, expires_at)
                values (?, ?, ?, ?, cast(? as uuid), cast(? as uuid), cast(? as timestamptz), ?, cast(? as timestamptz))
                """,
                id,
                publicId,
                proof(secret),
                name,
                owner.agent() ? null : owner.id(),
                owner.agent() ? owner.id() : null,
                now,
                by,
                expiresAt.orElse(null));
        return new Made(id, text(publicId, secret), expiresAt);
    }

    /// Whose key this is, if it is a good one: one row by its public part.
    Optional<Found> find(DSLContext sql, String presented, Instant now) {
        return Parts.of(presented).flatMap(parts -> sql.fetchOptional(
                        """
                        select k.id, k.secret_hash, k.expires_at, k.former_hash, k.former_until,
                               coalesce(u.username, 'agent:' || a.name) as owner
                        from appos.api_keys k
                        left join appos.users u on u.id = k.user_id
                        left join appos.agents a on a.id = k.agent_id
                        where k.public_id = ? and k.revoked_at is null
                        """,
                        parts.publicId())
                .flatMap(row -> proved(row, parts.secret(), now)));
    }

    /// By the secret of now, or by the former one while its time lasts.
    private Optional<Found> proved(Record row, String secret, Instant now) {
        Optional<Instant> expires = Optional.ofNullable(row.get("expires_at", Instant.class));
        Optional<Instant> former = Optional.ofNullable(row.get("former_until", Instant.class)).filter(now::isBefore);
        boolean current = proves(secret, row.get("secret_hash", String.class));
        if (!current && !(former.isPresent() && proves(secret, row.get("former_hash", String.class)))) {
            return Optional.empty();
        }
        Optional<Instant> until = current || expires.isPresent() && expires.get().isBefore(former.get())
                ? expires
                : former;
        return Optional.of(new Found(row.get("id", UUID.class), row.get("owner", String.class), until));
    }

    private String proof(String secret) {
        return server.proof(PURPOSE, Digest.sha256(secret));
    }

    private boolean proves(String secret, String proof) {
        return server.proves(PURPOSE, Digest.sha256(secret), proof);
    }

    /// Gives a key another secret. The former one stays good until `formerUntil`; absent, it dies at once, and so do
    /// the tokens it was exchanged for.
    ///
    /// @throws Refusal if there is no such living key, or if the former one were to stay too long
    public Made rotate(DSLContext sql, UUID id, Optional<Instant> formerUntil) {
        Instant now = clock.instant();
        Instant latest = now.plus(limits.keyOverlapMax());
        if (formerUntil.isPresent() && (!formerUntil.get().isAfter(now) || formerUntil.get().isAfter(latest))) {
            throw Refusal.invalid(
                    "The key", "/former_until", "range", "must lie between now and " + latest + ", or be left out");
        }
        Versions.bump(sql, Area.CREDENTIALS);
        String secret = ids.secret(SECRET_BYTES);
        Record row = sql.fetchOptional(
                        """
                        update appos.api_keys
                        set former_hash = case when cast(? as timestamptz) is null then null else secret_hash end,
                            former_until = cast(? as timestamptz), secret_hash = ?, rotated_at = cast(? as timestamptz)
                        where id = ? and revoked_at is null
                          and (expires_at is null or expires_at > cast(? as timestamptz))
                        returning public_id, expires_at
                        """,
                        formerUntil.orElse(null),
                        formerUntil.orElse(null),
                        proof(secret),
                        now,
                        id,
                        now)
                .orElseThrow(() -> unknown(id));
        if (formerUntil.isEmpty()) {
            sql.execute("delete from appos.sessions where api_key_id = ?", id);
        }
        Optional<Instant> expires = Optional.ofNullable(row.get("expires_at", Instant.class));
        return new Made(id, text(row.get("public_id", String.class), secret), expires);
    }

    private static String text(String publicId, String secret) {
        return "appos_" + publicId + "_" + secret;
    }

    /// Ends a key, and the tokens it was exchanged for. Revoking twice does nothing more.
    ///
    /// @throws Refusal if there is no such key
    public void revoke(DSLContext sql, UUID id) {
        Versions.bump(sql, Area.CREDENTIALS);
        int found = sql.execute(
                "update appos.api_keys set revoked_at = coalesce(revoked_at, cast(? as timestamptz)) where id = ?",
                clock.instant(),
                id);
        if (found == 0) {
            throw unknown(id);
        }
        sql.execute("delete from appos.sessions where api_key_id = ?", id);
    }

    /// The keys of one user (by name) or agent (`agent:` and its name), newest first.
    public List<ApiKey> of(DSLContext sql, String owner) {
        return sql.fetch(
                        """
                        select k.id, k.name, coalesce(u.username, 'agent:' || a.name) as owner, k.created_at,
                               k.expires_at, k.revoked_at, k.last_used_at, k.rotated_at, k.former_until
                        from appos.api_keys k
                        left join appos.users u on u.id = k.user_id
                        left join appos.agents a on a.id = k.agent_id
                        where coalesce(u.username, 'agent:' || a.name) = ?
                        order by k.created_at desc
                        """,
                        owner)
                .map(row -> new ApiKey(
                        row.get("id", UUID.class),
                        row.get("name", String.class),
                        row.get("owner", String.class),
                        row.get("created_at", Instant.class),
                        Optional.ofNullable(row.get("expires_at", Instant.class)),
                        Optional.ofNullable(row.get("revoked_at", Instant.class)),
                        Optional.ofNullable(row.get("last_used_at", Instant.class)),
                        Optional.ofNullable(row.get("rotated_at", Instant.class)),
                        Optional.ofNullable(row.get("former_until", Instant.class))));
    }

    /// The refusal for a key that is not there, or not the caller's to know.
    public static Refusal unknown(UUID id) {
        return Refusal.notFound("API key " + id);
    }

    /// The name of the user or agent a key belongs to: agents have `agent:` in front.
    ///
    /// @throws Refusal if there is no such key
    public String owner(DSLContext sql, UUID id) {
        return sql.fetchOptional(
                        """
                        select coalesce(u.username, 'agent:' || a.name) as owner
                        from appos.api_keys k
                        left join appos.users u on u.id = k.user_id
                        left join appos.agents a on a.id = k.agent_id
                        where k.id = ?
                        """,
                        id)
                .orElseThrow(() -> unknown(id))
                .get("owner", String.class);
    }
}
