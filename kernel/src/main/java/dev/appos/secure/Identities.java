package dev.appos.secure;

import dev.appos.base.Digest;
import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.secure.Credentials.Kind;
import java.time.Clock;
import java.util.Optional;
import org.jooq.DSLContext;

/// Turns what a caller presents into a [Principal].
///
/// A warm token or key costs one hash and look-ups in memory. Whatever is unknown, expired or revoked, or belongs to an
/// account that is not active, is refused in the same words.
public final class Identities implements AutoCloseable {

    private static final String PLATFORM = "system:";

    private final Directory directory;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Attempts attempts;
    private final Logins logins;
    private final Clock clock;
    private final Bootstrap bootstrap;

    public Identities(
            Directory directory, Passwords passwords, IdentitySettings settings, Ids ids, Clock clock) {
        this.directory = directory;
        this.passwords = passwords;
        this.sessions = new Sessions(ids, clock, settings);
        this.credentials = new Credentials(directory, settings.idleMax(), clock);
        this.attempts = new Attempts(settings);
        this.logins = new Logins(passwords, attempts, ids, clock);
        this.clock = clock;
        this.bootstrap = new Bootstrap(directory, passwords, ids, clock);
    }

    /// Logs a person in. A further session than [IdentitySettings#sessionsMax()] ends the oldest.
    ///
    /// @throws Refusal in the same words whether the name, the password or the state of the account is wrong; another
    ///                 one that says when to try again, if too many from this address were wrong
    public Login login(String username, String password, Client client) {
        Logins.Known user = passwords.gated(
                () -> logins.verify(directory.database(), Users.normal(username), password, client));
        Sessions.Owner owner = new Sessions.Owner(user.id(), null, null);
        Sessions.Made made = directory.database().write(sql -> {
            lockUser(sql, user);
            return sessions.create(sql, Kind.SESSION, owner, client);
        });
        ended(Kind.SESSION, made);
        Principal principal = directory.find(user.username()).orElseThrow(Logins::refused);
        return new Login(made.token(), Credentials.csrf(made.token()), made.expiresAt(), principal);
    }

    /// Ends the session of this token, if there is one.
    public void logout(String token) {
        String digest = Digest.sha256(token);
        int ended = directory.database().write(sql -> sessions.end(sql, digest));
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
        Roster roster = directory.current();
        Sessions.Owner owner = switch (identity.principal()) {
            case Principal.User user -> new Sessions.Owner(
                    roster.accounts().get(user.name()).id(), null, identity.credential());
            case Principal.Agent agent -> new Sessions.Owner(
                    null, roster.agents().get(agent.name()).id(), identity.credential());
            case Principal.Platform _ -> throw Credentials.unknown();
        };
        Sessions.Made made = directory.database().write(sql -> {
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
        directory.database().read(sql -> attempts.sweep(sql, clock.instant()));
        return directory.database().read(sessions::sweep);
    }

    /// Makes felt on every node that a new session pushed old ones out. Announced apart from the login, which holds the
    /// user's row: changes announce themselves before they lock anything.
    private void ended(Kind kind, Sessions.Made made) {
        made.evicted().forEach(digest -> credentials.forget(kind, digest));
        if (!made.evicted().isEmpty()) {
            directory.database().write(sql -> {
                Versions.bump(sql, Versions.Area.CREDENTIALS);
                return made;
            });
            directory.refresh();
        }
    }

    private static void lockUser(DSLContext sql, Logins.Known user) {
        sql.fetchOptional(
                        "select 1 from appos.users where id = ? and is_active and password_hash = ? for update",
                        user.id(),
                        user.hash())
                .orElseThrow(Logins::refused);
    }

    /// Writes down what was last used.
    @Override
    public void close() {
        credentials.close();
    }
}
