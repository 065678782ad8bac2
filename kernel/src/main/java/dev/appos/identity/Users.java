package dev.appos.identity;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.secure.LastAdmin;
import dev.appos.secure.Principal;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import dev.appos.store.SqlFault;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/// The users' rows. Nobody is deleted: whoever leaves is deactivated, and the name stays taken.
public final class Users {

    public static final String FIRST_ADMIN = "admin";

    /// The longest user name.
    public static final int LONGEST_NAME = 100;

    /// A user as others see it; never with a password or a key.
    ///
    /// @param groups every group it is a member of, active or not
    public record User(
            UUID id,
            String username,
            Optional<String> email,
            String fullName,
            String userType,
            boolean isActive,
            String preferredLanguage,
            String timezone,
            Optional<Instant> lastLogin,
            List<String> groups) {

        /// What its password must not be.
        public List<String> names() {
            return email.map(address -> List.of(username, address)).orElse(List.of(username));
        }
    }

    /// What can be said about a user; what is absent is left as it is, or takes its default.
    public record Profile(
            Optional<String> email,
            Optional<String> fullName,
            Optional<Principal.Type> type,
            Optional<String> language,
            Optional<String> timezone) {}

    private final Ids ids;
    private final Clock clock;

    public Users(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Adds a user without groups.
    ///
    /// @param passwordHash from [Passwords#hash]; absent for accounts that log in with keys
    /// @throws Refusal if the name or e-mail is taken or has no valid form
    public User create(
            DSLContext sql, String username, Profile profile, Optional<String> passwordHash, String by) {
        String name = Principal.normal(username);
        UserForm.check(Optional.of(name), profile);
        Versions.bump(sql, Area.DIRECTORY);
        try {
            sql.execute(
                    """
                    insert into appos.users (id, username, email, full_name, password_hash, user_type,
                                             preferred_language, timezone, created_at, created_by)
                    values (?, ?, cast(? as text), ?, cast(? as text), ?, ?, ?, cast(? as timestamptz), ?)
                    """,
                    ids.next(),
                    name,
                    profile.email().orElse(null),
                    profile.fullName().orElse(""),
                    passwordHash.orElse(null),
                    profile.type().orElse(Principal.Type.BASIC).word(),
                    profile.language().orElse("en"),
                    profile.timezone().orElse("UTC"),
                    clock.instant(),
                    by);
        } catch (DataAccessException e) {
            throw taken(e, name);
        }
        return get(sql, name);
    }

    /// Changes what is said about a user.
    ///
    /// @throws Refusal if it would take the last administrator away
    public User update(DSLContext sql, String username, Profile profile) {
        String name = Principal.normal(username);
        UserForm.check(Optional.empty(), profile);
        Versions.bump(sql, Area.DIRECTORY);
        User user = get(sql, name);
        if (profile.type().map(type -> type != Principal.Type.SYSTEM_ADMIN).orElse(false)) {
            LastAdmin.stays(sql, user.username());
        }
        try {
            sql.execute(
                    """
                    update appos.users
                    set email = coalesce(cast(? as text), email), full_name = coalesce(cast(? as text), full_name),
                        user_type = coalesce(cast(? as text), user_type),
                        preferred_language = coalesce(cast(? as text), preferred_language),
                        timezone = coalesce(cast(? as text), timezone)
                    where id = ?
                    """,
                    profile.email().orElse(null),
                    profile.fullName().orElse(null),
                    profile.type().map(Principal.Type::word).orElse(null),
                    profile.language().orElse(null),
                    profile.timezone().orElse(null),
                    user.id());
        } catch (DataAccessException e) {
            throw taken(e, name);
        }
        return get(sql, name);
    }

    /// Lets a user in again.
    public User reactivate(DSLContext sql, String username) {
        Versions.bump(sql, Area.DIRECTORY);
        sql.execute("update appos.users set is_active = true where username = ?", Principal.normal(username));
        return get(sql, Principal.normal(username));
    }

    /// Shuts a user out: sessions end, keys are revoked, agents that act for it stop.
    ///
    /// @throws Refusal if it is the last administrator
    public User deactivate(DSLContext sql, Sessions sessions, String username) {
        Versions.bump(sql, Area.DIRECTORY);
        Versions.bump(sql, Area.CREDENTIALS);
        User user = get(sql, Principal.normal(username));
        LastAdmin.stays(sql, user.username());
        sql.execute("update appos.users set is_active = false where id = ?", user.id());
        sql.execute(
                """
                update appos.api_keys set revoked_at = cast(? as timestamptz)
                where user_id = ? and revoked_at is null
                """,
                clock.instant(),
                user.id());
        sessions.endAll(sql, user.id());
        return get(sql, user.username());
    }

    /// Gives a user another password, which ends all of its sessions.
    public void password(DSLContext sql, Sessions sessions, String username, String passwordHash) {
        Versions.bump(sql, Area.CREDENTIALS);
        User user = get(sql, Principal.normal(username));
        sql.execute(
                "update appos.users set password_hash = ? where id = ?", passwordHash, user.id());
        Attempts.forget(sql, user.username());
        sessions.endAll(sql, user.id());
    }

    /// Whether this is the user's password.
    public boolean proves(DSLContext sql, Passwords passwords, String username, String password) {
        Optional<String> hash = sql.fetchOptional(
                        "select password_hash from appos.users where username = ?", Principal.normal(username))
                .map(row -> row.get("password_hash", String.class));
        return passwords.gated(() -> passwords.matches(password, hash));
    }

    /// One user.
    ///
    /// @throws Refusal if there is none of this name
    public User get(DSLContext sql, String username) {
        return find(sql, username).orElseThrow(() -> Refusal.notFound("user called " + username));
    }

    /// One user, if there is one of this name.
    public Optional<User> find(DSLContext sql, String username) {
        return sql.fetchOptional(SELECT + " where u.username = ? group by u.id", Principal.normal(username))
                .map(Users::user);
    }

    /// Users by name, beginning after `after`, whose name, full name or e-mail holds `text`.
    public List<User> list(DSLContext sql, String after, String text, int limit) {
        return sql.fetch(
                        SELECT
                                + """
                                 where u.username > ?
                                  and position(? in
                                      lower(u.username || ' ' || u.full_name || ' ' || coalesce(u.email, ''))) > 0
                                group by u.id order by u.username limit ?
                                """,
                        after,
                        text.toLowerCase(Locale.ROOT),
                        limit)
                .map(Users::user);
    }

    private static final String SELECT =
            """
            select u.id, u.username, u.email, u.full_name, u.user_type, u.is_active, u.preferred_language, u.timezone,
                   u.last_login,
                   coalesce(array_agg(m.group_name order by m.group_name) filter (where m.group_name is not null), '{}')
                       as groups
            from appos.users u left join appos.members m on m.user_id = u.id
            """;

    private static User user(Record row) {
        return new User(
                row.get("id", UUID.class),
                row.get("username", String.class),
                Optional.ofNullable(row.get("email", String.class)),
                row.get("full_name", String.class),
                row.get("user_type", String.class),
                row.get("is_active", boolean.class),
                row.get("preferred_language", String.class),
                row.get("timezone", String.class),
                Optional.ofNullable(row.get("last_login", Instant.class)),
                List.of(row.get("groups", String[].class)));
    }

    private static RuntimeException taken(DataAccessException failure, String username) {
        SqlFault fault = SqlFault.of(failure);
        if (fault.kind() != SqlFault.Kind.UNIQUE) {
            return failure;
        }
        return fault.constraint().equals("users_email")
                ? Refusal.conflict("Another user has this e-mail address.", "Choose another one, or update that user.")
                : Refusal.conflict("There is already a user called " + username + ".", "Choose another username.");
    }
}
