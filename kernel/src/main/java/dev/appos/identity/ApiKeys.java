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

/// API keys: `appos_`, a public part by which a key is found, and a secret part of 48 random bytes of which only the
/// SHA-256 is kept. So long a secret cannot be guessed, so a slow hash would protect nothing.
public final class ApiKeys {

    private static final int SECRET_BYTES = 48;

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
            Optional<Instant> lastUsedAt) {}

    /// A presented key taken apart.
    record Parts(String publicId, String secret) {

        private static final Pattern FORM = Pattern.compile("appos_([0-9a-f]{12})_([A-Za-z0-9_-]{64})");

        static Optional<Parts> of(String presented) {
            Matcher matcher = FORM.matcher(presented);
            return matcher.matches() ? Optional.of(new Parts(matcher.group(1), matcher.group(2))) : Optional.empty();
        }

        boolean proves(String hash) {
            return MessageDigest.isEqual(
                    Digest.sha256(secret).getBytes(StandardCharsets.US_ASCII),
                    hash.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private final Ids ids;
    private final Clock clock;

    ApiKeys(Ids ids, Clock clock) {
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
                Digest.sha256(secret),
                name,
                owner.agent() ? null : owner.id(),
                owner.agent() ? owner.id() : null,
                now,
                by,
                expiresAt.orElse(null));
        return new Made(id, "appos_" + publicId + "_" + secret, expiresAt);
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
                               k.expires_at, k.revoked_at, k.last_used_at
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
                        Optional.ofNullable(row.get("last_used_at", Instant.class))));
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
