package dev.appos.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.secure.Directory;
import dev.appos.secure.Principal;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Remembers which tokens and keys belong to whom, so that a warm call costs one hash and one look-up.
///
/// What is remembered is the owner's name only; whether the owner is active and what its groups are is asked of the
/// [Directory] each time. An entry counts while the version of the credentials it was read at is the directory's.
final class Credentials implements AutoCloseable {

    /// What a caller presents.
    enum Kind {
        SESSION,
        TOKEN,
        KEY
    }

    /// The most tokens remembered; forgotten ones are read again.
    private static final int REMEMBERED_MAX = 100_000;

    /// Uses are written down at most this often for each credential.
    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);

    private static final int WRITES_WAITING_MAX = 1000;

    /// A credential as its row had it.
    ///
    /// @param version   of the credentials when the row was read
    /// @param seen      when it was last used; changed in place
    /// @param idleMax   how long it may lie unused, absent for tokens and keys
    private record Entry(
            Kind kind,
            UUID id,
            String owner,
            Optional<Instant> expiresAt,
            Optional<Duration> idleMax,
            long version,
            AtomicReference<Instant> seen,
            AtomicReference<Instant> written) {

        boolean good(long since, Instant now) {
            boolean young = expiresAt.map(now::isBefore).orElse(true);
            boolean fresh = idleMax.map(max -> now.isBefore(seen.get().plus(max))).orElse(true);
            return version >= since && young && fresh;
        }
    }

    private final Database database;
    private final Directory directory;
    private final ApiKeys keys;
    private final Duration idleMax;
    private final Clock clock;
    private final Cache<String, Entry> entries =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            0, 1, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WRITES_WAITING_MAX),
            Thread.ofPlatform().name("last-seen").daemon().factory(),
            // A use that is not written down only makes a session look a minute older after a restart.
            new ThreadPoolExecutor.DiscardPolicy());

    Credentials(Database database, Directory directory, Accounts accounts, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.keys = accounts.keys();
        this.idleMax = accounts.settings().sessions().idle();
        this.clock = clock;
    }

    /// Who presents this.
    ///
    /// @throws Refusal if it is unknown, expired or revoked, or its owner is not active
    Identity resolve(Kind kind, String presented) {
        return resolve(kind, presented, true);
    }

    /// The same, without taking it for a use: what only goes on does not keep a session from lying idle.
    Identity still(Kind kind, String presented) {
        return resolve(kind, presented, false);
    }

    private Identity resolve(Kind kind, String presented, boolean use) {
        String digest = Digest.sha256(presented);
        String name = kind + digest;
        Instant now = clock.instant();
        long version = directory.credentials();
        Entry entry = entries.getIfPresent(name);
        if (entry == null || !entry.good(version, now)) {
            // Read inside the map's own lock for this name, so that forgetting it waits for the reading.
            entry = entries.asMap().compute(name, (_, known) ->
                    known != null && known.good(version, now) ? known : load(kind, presented, digest, now));
        }
        if (entry == null) {
            throw unknown();
        }
        if (use) {
            used(entry, now);
        }
        Principal principal = directory.find(entry.owner()).orElseThrow(Credentials::unknown);
        return new Identity(principal, entry.id(), csrf(presented));
    }

    /// Forgets a session or token by the hash it is kept under.
    void forget(Kind kind, String digest) {
        entries.asMap().remove(kind + digest);
    }

    /// What goes with a session: derived from its token, so that it is kept nowhere.
    static String csrf(String token) {
        return Digest.sha256("csrf " + token);
    }

    static Refusal unknown() {
        return Refusal.unauthenticated("The session, token or key is unknown, expired or revoked.");
    }

    private @Nullable Entry load(Kind kind, String presented, String digest, Instant now) {
        Entry entry = database.read(sql -> kind == Kind.KEY
                ? key(sql, presented, now)
                : session(sql, kind, digest));
        return entry != null && entry.good(entry.version(), now) ? entry : null;
    }

    private @Nullable Entry session(DSLContext sql, Kind kind, String digest) {
        long version = Versions.of(sql, Area.CREDENTIALS);
        Record row = sql.fetchOne(
                """
                select s.id, s.expires_at, s.last_seen, coalesce(u.username, 'agent:' || a.name) as owner
                from appos.sessions s
                left join appos.users u on u.id = s.user_id
                left join appos.agents a on a.id = s.agent_id
                where s.token_hash = ? and s.kind = ?
                """,
                digest,
                kind == Kind.SESSION ? "session" : "token");
        return row == null ? null : entry(kind, row, version, row.get("last_seen", Instant.class));
    }

    private @Nullable Entry key(DSLContext sql, String presented, Instant now) {
        long version = Versions.of(sql, Area.CREDENTIALS);
        return keys.find(sql, presented, now)
                .map(found -> new Entry(
                        Kind.KEY, found.id(), found.owner(), found.until(), Optional.empty(), version,
                        new AtomicReference<>(now), new AtomicReference<>(Instant.EPOCH)))
                .orElse(null);
    }

    private Entry entry(Kind kind, Record row, long version, Instant seen) {
        return new Entry(
                kind,
                row.get("id", UUID.class),
                row.get("owner", String.class),
                Optional.of(row.get("expires_at", Instant.class)),
                kind == Kind.SESSION ? Optional.of(idleMax) : Optional.empty(),
                version,
                new AtomicReference<>(seen),
                new AtomicReference<>(seen));
    }

    private void used(Entry entry, Instant now) {
        entry.seen().set(now);
        Instant written = entry.written().get();
        if (now.isBefore(written.plus(WRITE_EVERY)) || !entry.written().compareAndSet(written, now)) {
            return;
        }
        writer.execute(() -> write(entry, now));
    }

    private void write(Entry entry, Instant now) {
        try {
            database.read(sql -> entry.kind() == Kind.KEY
                    ? sql.execute(
                            "update appos.api_keys set last_used_at = cast(? as timestamptz) where id = ?",
                            now,
                            entry.id())
                    : sql.execute(
                            "update appos.sessions set last_seen = cast(? as timestamptz) where id = ?",
                            now,
                            entry.id()));
        } catch (Refusal | DataAccessException _) {
            // The database is away for the moment: the next use tries again.
            entry.written().compareAndSet(now, Instant.EPOCH);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
