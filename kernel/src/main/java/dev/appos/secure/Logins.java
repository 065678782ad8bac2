package dev.appos.secure;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Verifies passwords, locks accounts that are being guessed at, and writes down each attempt.
final class Logins {

    /// A user whose password was right.
    ///
    /// @param hash the one it was verified against; a session is made only while it is still the user's
    record Known(UUID id, String username, String hash) {}

    /// What the audit says instead of something nobody can be called.
    private static final String NO_NAME = "(no name)";

    private final Passwords passwords;
    private final IdentitySettings settings;
    private final Ids ids;
    private final Clock clock;

    Logins(Passwords passwords, IdentitySettings settings, Ids ids, Clock clock) {
        this.passwords = passwords;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /// The one answer to every login that fails.
    static Refusal refused() {
        return Refusal.unauthenticated(
                "The username or password is wrong, or the account cannot log in at the moment.");
    }

    /// Verifies a password. Every failure costs one verification and reads the same.
    Known verify(Database database, String username, String password, Client client) {
        boolean possible = UserForm.isName(username);
        Optional<? extends Record> row = database.read(sql -> sql.fetchOptional(
                """
                select id, password_hash, user_type, is_active, locked_until
                from appos.users where username = ?
                """,
                possible ? username : ""));
        Optional<String> hash = row.map(found -> found.get("password_hash", String.class));
        boolean right = passwords.matches(password, hash);
        Instant now = clock.instant();
        String reason = row.map(found -> reason(found, right, now)).orElse("invalid_username");
        return database.write(sql -> {
            Optional<Known> known = Optional.empty();
            String outcome = reason;
            if (reason.equals("ok")) {
                known = succeed(sql, row.orElseThrow().get("id", UUID.class), now)
                        .map(id -> new Known(id, username, hash.orElseThrow()));
                outcome = known.isPresent() ? reason : "max_attempts";
            } else if (reason.equals("invalid_password")) {
                fail(sql, row.orElseThrow().get("id", UUID.class), now);
            }
            audit(sql, possible ? username : NO_NAME, client, outcome);
            return known;
        }).orElseThrow(Logins::refused);
    }

    private static String reason(Record row, boolean right, Instant now) {
        Instant locked = row.get("locked_until", Instant.class);
        if (row.get("user_type", String.class).equals("service_account")) {
            return "service_account_ui_login";
        } else if (!row.get("is_active", boolean.class)) {
            return "account_disabled";
        } else if (locked != null && now.isBefore(locked)) {
            return "max_attempts";
        }
        return right ? "ok" : "invalid_password";
    }

    /// The lock is asked again, because attempts at the same time may have locked the account since it was read.
    private static Optional<UUID> succeed(DSLContext sql, UUID id, Instant now) {
        int free = sql.execute(
                """
                update appos.users set failed_attempts = 0, locked_until = null, last_login = cast(? as timestamptz)
                where id = ? and is_active and (locked_until is null or locked_until <= cast(? as timestamptz))
                """,
                now,
                id,
                now);
        return free == 1 ? Optional.of(id) : Optional.empty();
    }

    private void fail(DSLContext sql, UUID id, Instant now) {
        sql.execute(
                """
                update appos.users
                set failed_attempts = case when locked_until <= {0} then 1 else failed_attempts + 1 end,
                    locked_until = case
                        when locked_until <= {0} then null
                        when locked_until is null and failed_attempts + 1 >= {1} then {2}
                        else locked_until end
                where id = {3}
                """,
                DSL.val(now),
                DSL.val(settings.attemptsMax()),
                DSL.val(now.plus(settings.lockedFor())),
                DSL.val(id));
    }

    private void audit(DSLContext sql, String username, Client client, String reason) {
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
}
