package dev.appos.identity;

import dev.appos.base.Digest;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.identity.Credentials.Kind;
import dev.appos.secure.Directory;
import dev.appos.secure.Principal;
import dev.appos.secure.Versions;
import dev.appos.store.Database;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Turns what a caller presents into a [Principal].
///
/// A warm token or key costs one hash and look-ups in memory. Whatever is unknown, expired or revoked, or belongs to an
/// account that is not active, is refused in the same words.
public final class Identities implements AutoCloseable {

    private static final String PLATFORM = "system:";

    private final Database database;
    private final Directory directory;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Attempts attempts;
    private final Logins logins;
    private final LoginAudit audit;
    private final Clock clock;
    private final Bootstrap bootstrap;

    public Identities(Database database, Directory directory, Accounts accounts, Ids ids, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.passwords = accounts.passwords();
        this.sessions = accounts.sessions();
        this.credentials = new Credentials(database, directory, accounts, clock);
        this.attempts = new Attempts(accounts.settings().logins());
        this.logins = new Logins(accounts, attempts, clock);
        this.audit = accounts.logins();
        this.clock = clock;
        this.bootstrap = new Bootstrap(database, directory, passwords, ids, clock);
    }

    /// Logs a person in. A further session than [SessionLimits#perUser()] ends the oldest.
    ///
    /// @param code of the second factor, or a recovery code, where the account has one
    /// @throws Refusal in the same words whether the name, the password or the state of the account is wrong; another
    ///                 one that says when to try again, if too many from this address were wrong
    public Login login(String username, String password, Optional<String> code, Client client) {
        Logins.Try attempt = new Logins.Try(Principal.normal(username), password, code, client);
        Logins.Known user = passwords.gated(() -> logins.verify(database, attempt));
        return session(user.id(), user.username(), client, Optional.of(user.hash()));
    }

    /// Made under a lock of the user's row, while the account is active and the password still the one verified.
    private Login session(UUID user, String username, Client client, Optional<String> hash) {
        Sessions.Made made = database.write(sql -> {
            sql.fetchOptional(
                            """
                            select 1 from appos.users
                            where id = ? and is_active and (cast(? as text) is null or password_hash = cast(? as text))
                            for update
                            """,
                            user,
                            hash.orElse(null),
                            hash.orElse(null))
                    .orElseThrow(Logins::refused);
            return sessions.create(sql, Kind.SESSION, new Sessions.Owner(user, null, null), client);
        });
        ended(Kind.SESSION, made);
        Principal principal = directory.find(username).orElseThrow(Logins::refused);
        return new Login(made.token(), Credentials.csrf(made.token()), made.expiresAt(), principal);
    }

    /// Logs a person in who has no second factor.
    public Login login(String username, String password, Client client) {
        return login(username, password, Optional.empty(), client);
    }

    /// A new session for a user whose sessions just ended, because the password is another one now.
    ///
    /// @throws Refusal if the account is no longer active
    public Login renew(Principal principal, Client client) {
        UUID user = directory.id(principal.name()).orElseThrow(Logins::refused);
        return session(user, principal.name(), client, Optional.empty());
    }

    /// Whether somebody who is in already knows the password of the account. A wrong one is counted like a wrong login;
    /// it is the caller who then refuses it.
    ///
    /// @throws Refusal if too many were wrong
    public void recheck(String username, String password, Client client) {
        Logins.Try attempt = new Logins.Try(username, password, Optional.empty(), client);
        passwords.gated(() -> {
            logins.recheck(database, attempt);
            return attempt;
        });
    }

    /// A session for a user for whom a provider vouched, which is when the last login is written down.
    Login vouched(UUID user, String username, Client client) {
        Login login = session(user, username, client, Optional.empty());
        database.write(sql -> sql.execute(
                "update appos.users set last_login = cast(? as timestamptz) where id = ?", clock.instant(), user));
        return login;
    }

    /// Ends the session of this token, if there is one.
    public void logout(String token) {
        String digest = Digest.sha256(token);
        int ended = database.write(sql -> sessions.end(sql, digest));
        credentials.forget(Kind.SESSION, digest);
        credentials.forget(Kind.TOKEN, digest);
        if (ended > 0) {
            directory.refresh();
        }
    }

    /// Exchanges an API key for a bearer token, which is a session without a cookie.
    ///
    /// @throws Refusal if the key is not good
    public Login token(String apiKey, Client client) {
        Identity identity = apiKey(apiKey);
        UUID id = directory.id(identity.principal().name()).orElseThrow(Credentials::unknown);
        Sessions.Owner owner = switch (identity.principal()) {
            case Principal.User _ -> new Sessions.Owner(id, null, identity.credential());
            case Principal.Agent _ -> new Sessions.Owner(null, id, identity.credential());
            case Principal.Platform _ -> throw Credentials.unknown();
        };
        Sessions.Made made = database.write(sql -> {
            boolean alive = sql.fetchOptional(
                            "select 1 from appos.api_keys where id = ? and revoked_at is null for update",
                            identity.credential())
                    .isPresent();
            if (!alive) {
                throw Credentials.unknown();
            }
            return sessions.create(sql, Kind.TOKEN, owner, client);
        });
        ended(Kind.TOKEN, made);
        return new Login(made.token(), Credentials.csrf(made.token()), made.expiresAt(), identity.principal());
    }

    /// Whose session cookie this is.
    ///
    /// @throws Refusal if it is nobody's
    public Identity session(String token) {
        return credentials.resolve(Kind.SESSION, token);
    }

    /// Whose bearer token this is.
    ///
    /// @throws Refusal if it is nobody's
    public Identity bearer(String token) {
        return credentials.resolve(Kind.TOKEN, token);
    }

    /// Whose API key this is.
    ///
    /// @throws Refusal if it is nobody's
    public Identity apiKey(String key) {
        return credentials.resolve(Kind.KEY, key);
    }

    /// Whose session cookie this still is, without taking it for a use.
    ///
    /// @throws Refusal if it is nobody's by now
    public Identity stillSession(String token) {
        return credentials.still(Kind.SESSION, token);
    }

    /// Whose bearer token this still is, without taking it for a use.
    ///
    /// @throws Refusal if it is nobody's by now
    public Identity stillBearer(String token) {
        return credentials.still(Kind.TOKEN, token);
    }

    /// Whose API key this still is, without taking it for a use.
    ///
    /// @throws Refusal if it is nobody's by now
    public Identity stillKey(String key) {
        return credentials.still(Kind.KEY, key);
    }

    /// The active user or agent of this name.
    public Optional<Principal> find(String name) {
        return directory.find(name);
    }

    /// The user, agent or platform task of this name as it stands now, for work that goes on without a caller.
    ///
    /// @throws Refusal if it is no longer active
    public Principal principal(String name) {
        if (name.startsWith(PLATFORM)) {
            return new Principal.Platform(name.substring(PLATFORM.length()));
        }
        return directory.find(name)
                .orElseThrow(() -> Refusal.unauthenticated("There is no active account called " + name + "."));
    }

    /// Makes the first administrator, `admin`, with the groups and the grant it needs. Of any number of callers one
    /// gets the password; for the others, and ever after, there is nothing to do.
    ///
    /// @param preset the password to give it, instead of one made up
    public Optional<String> bootstrapAdmin(Optional<String> preset) {
        return bootstrap.admin(preset);
    }

    /// Removes sessions and tokens that have expired, and wrong logins that no longer count; done now and then it keeps
    /// their tables small.
    ///
    /// @return how many sessions and tokens there were
    public int sweep() {
        database.read(sql -> attempts.sweep(sql, clock.instant()));
        database.read(audit::sweep);
        return database.read(sessions::sweep);
    }

    /// Makes felt on every node that a new session pushed old ones out. Announced apart from the login, which holds the
    /// user's row: changes announce themselves before they lock anything.
    private void ended(Kind kind, Sessions.Made made) {
        made.evicted().forEach(digest -> credentials.forget(kind, digest));
        if (!made.evicted().isEmpty()) {
            database.write(sql -> {
                Versions.bump(sql, Versions.Area.CREDENTIALS);
                return made;
            });
            directory.refresh();
        }
    }

    /// Writes down what was last used.
    @Override
    public void close() {
        credentials.close();
    }
}
