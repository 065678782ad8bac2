package dev.appos.identity;

import dev.appos.base.Refusal;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Verifies passwords and second factors, locks out addresses that guess, and writes down each attempt.
final class Logins {

    /// What somebody says to come in.
    ///
    /// @param username in its normal form
    /// @param code     of the second factor, or a recovery code
    record Try(String username, String password, Optional<String> code, Client client) {}

    /// A user whose password was right.
    ///
    /// @param hash the one its row has now; a session is made only while it is still the user's
    record Known(UUID id, String username, String hash) {}

    /// What the audit says instead of something nobody can be called.
    static final String NO_NAME = "(no name)";

    private static final String OK = "ok";
    private static final String CODE_MISSING = "second_factor_required";
    private static final String CODE_WRONG = "invalid_code";
    private static final String LOCKED = "max_attempts";

    private final Passwords passwords;
    private final Attempts attempts;
    private final SecondFactors factors;
    private final LoginAudit audit;
    private final Clock clock;

    Logins(Accounts accounts, Attempts attempts, Clock clock) {
        this.passwords = accounts.passwords();
        this.attempts = attempts;
        this.factors = accounts.secondFactors();
        this.audit = accounts.logins();
        this.clock = clock;
    }

    /// How one attempt ended.
    ///
    /// @param reason     the word of the audit
    /// @param retryAfter how long this address is locked out of this name
    private record Outcome(String reason, Optional<Duration> retryAfter) {}

    /// What the verification of a password found, before anybody was let in.
    private record Found(String reason, Optional<Known> user, String verified) {}

    /// The one answer to every login that fails.
    static Refusal refused() {
        return Refusal.unauthenticated(
                "The username or password is wrong, or the account cannot log in at the moment.");
    }

    /// Verifies a password, and a code where the account has a second factor. Every failure of the first costs one
    /// verification and reads the same. An address that failed too often under one name hears that it did, whether
    /// anybody has that name or not.
    Known verify(Database database, Try attempt) {
        Found found = find(database, attempt);
        Instant now = clock.instant();
        String tried = UserForm.isName(attempt.username()) ? attempt.username() : NO_NAME;
        String ip = attempt.client().ip();
        Outcome outcome = database.write(sql -> {
            Attempts.State state = attempts.begin(sql, tried, ip, now);
            String reason = state.locked() ? LOCKED : enter(sql, found, attempt.code(), now);
            switch (reason) {
                case OK -> attempts.succeed(sql, tried, ip);
                case LOCKED, CODE_MISSING -> { }
                default -> attempts.fail(sql, tried, ip, now);
            }
            audit.add(sql, tried, attempt.client(), reason);
            return new Outcome(reason, state.address().map(until -> Duration.between(now, until)));
        });
        return judged(outcome, found);
    }

    /// Whether somebody who is in already knows the password of the account, counted like a login.
    void recheck(Database database, Try attempt) {
        Found found = find(database, attempt);
        Instant now = clock.instant();
        Outcome outcome = database.write(sql -> {
            Attempts.State state = attempts.begin(sql, attempt.username(), attempt.client().ip(), now);
            if (!state.locked() && !found.reason().equals(OK)) {
                attempts.fail(sql, attempt.username(), attempt.client().ip(), now);
                audit.add(sql, attempt.username(), attempt.client(), found.reason());
            }
            return new Outcome(
                    state.locked() ? LOCKED : found.reason(),
                    state.address().map(until -> Duration.between(now, until)));
        });
        if (outcome.retryAfter().isPresent() || !outcome.reason().equals("invalid_password")) {
            judged(outcome, found);
        }
    }

    private static Known judged(Outcome outcome, Found found) {
        outcome.retryAfter().ifPresent(wait -> {
            throw Refusal.overBudget("Too many wrong logins for this name from this address.", wait);
        });
        return switch (outcome.reason()) {
            case OK -> found.user().orElseThrow(Logins::refused);
            case CODE_MISSING -> throw Refusal.invalid(
                    "The login", "/code", CODE_MISSING, "of the second factor is missing");
            case CODE_WRONG -> throw Refusal.unauthenticated("The code is wrong, or was used already.");
            default -> throw refused();
        };
    }

    private Found find(Database database, Try attempt) {
        boolean possible = UserForm.isName(attempt.username());
        Optional<? extends Record> row = database.read(sql -> sql.fetchOptional(
                "select id, password_hash, user_type, is_active from appos.users where username = ?",
                possible ? attempt.username() : ""));
        Optional<String> hash = row.map(found -> found.get("password_hash", String.class));
        boolean right = passwords.matches(attempt.password(), hash);
        Optional<String> better = hash.filter(known -> right && Passwords.outdated(known))
                .map(_ -> Passwords.encode(attempt.password()));
        String reason = row.map(found -> reason(found, right)).orElse("invalid_username");
        Optional<Known> user = hash.map(verified -> new Known(
                row.orElseThrow().get("id", UUID.class), attempt.username(), better.orElse(verified)));
        return new Found(reason, user, hash.orElse(""));
    }

    private static String reason(Record row, boolean right) {
        if (row.get("user_type", String.class).equals("service_account")) {
            return "service_account_ui_login";
        } else if (!row.get("is_active", boolean.class)) {
            return "account_disabled";
        }
        return right ? OK : "invalid_password";
    }

    private String enter(DSLContext sql, Found found, Optional<String> code, Instant now) {
        if (!found.reason().equals(OK)) {
            return found.reason();
        }
        Known user = found.user().orElseThrow();
        if (factors.state(sql, user.id()).enabled()) {
            if (code.isEmpty()) {
                return CODE_MISSING;
            } else if (!factors.takes(sql, user.id(), code.get())) {
                return CODE_WRONG;
            }
        }
        return succeed(sql, user, found.verified(), now) ? OK : "account_disabled";
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
