package dev.appos.identity;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Verifies passwords, locks out addresses that guess, and writes down each attempt.
final class Logins {

    /// A user whose password was right.
    ///
    /// @param hash the one its row has now; a session is made only while it is still the user's
    record Known(UUID id, String username, String hash) {}

    /// What the audit says instead of something nobody can be called.
    private static final String NO_NAME = "(no name)";

    private final Passwords passwords;
    private final Attempts attempts;
    private final LoginAudit audit;
    private final Clock clock;

    Logins(Accounts accounts, Attempts attempts, Clock clock) {
        this.passwords = accounts.passwords();
        this.attempts = attempts;
        this.audit = accounts.logins();
        this.clock = clock;
    }

    /// How one attempt ended.
    ///
    /// @param retryAfter how long this address is locked out of this name
    private record Outcome(Optional<Known> known, Optional<Duration> retryAfter) {}

    /// The one answer to every login that fails.
    static Refusal refused() {
        return Refusal.unauthenticated(
                "The username or password is wrong, or the account cannot log in at the moment.");
    }

    /// Verifies a password. Every failure costs one verification and reads the same. An address that failed too often
    /// under one name hears that it did, whether anybody has that name or not.
    Known verify(Database database, String username, String password, Client client) {
        boolean possible = UserForm.isName(username);
        Optional<? extends Record> row = database.read(sql -> sql.fetchOptional(
                "select id, password_hash, user_type, is_active from appos.users where username = ?",
                possible ? username : ""));
        Optional<String> hash = row.map(found -> found.get("password_hash", String.class));
        boolean right = passwords.matches(password, hash);
        Optional<String> better = hash.filter(known -> right && Passwords.outdated(known))
                .map(_ -> Passwords.encode(password));
        Instant now = clock.instant();
        String reason = row.map(found -> reason(found, right)).orElse("invalid_username");
        String tried = possible ? username : NO_NAME;
        Outcome outcome = database.write(sql -> {
            Attempts.State state = attempts.begin(sql, tried, client.ip(), now);
            Optional<Known> known = Optional.empty();
            if (!state.locked() && reason.equals("ok")) {
                Known user = new Known(row.orElseThrow().get("id", UUID.class), username, better.or(() -> hash).get());
                known = succeed(sql, user, hash.orElseThrow(), now) ? Optional.of(user) : Optional.empty();
            }
            if (known.isPresent()) {
                attempts.succeed(sql, tried, client.ip());
            } else if (!state.locked()) {
                attempts.fail(sql, tried, client.ip(), now);
            }
            boolean changed = reason.equals("ok") && known.isEmpty();
            audit.add(sql, tried, client, state.locked() ? "max_attempts" : changed ? "account_disabled" : reason);
            return new Outcome(known, state.address().map(until -> Duration.between(now, until)));
        });
        outcome.retryAfter().ifPresent(wait -> {
            throw Refusal.overBudget("Too many wrong logins for this name from this address.", wait);
        });
        return outcome.known().orElseThrow(Logins::refused);
    }

    private static String reason(Record row, boolean right) {
        if (row.get("user_type", String.class).equals("service_account")) {
            return "service_account_ui_login";
        } else if (!row.get("is_active", boolean.class)) {
            return "account_disabled";
        }
        return right ? "ok" : "invalid_password";
    }

    /// Asked again, because the account may have been shut, or given another password, since it was read.
    private static boolean succeed(DSLContext sql, Known user, String verified, Instant now) {
        return sql.execute(
                        """
                        update appos.users set last_login = cast(? as timestamptz), password_hash = ?
                        where id = ? and is_active and password_hash = ?
                        """,
                        now,
                        user.hash(),
                        user.id(),
                        verified)
                == 1;
    }
}
