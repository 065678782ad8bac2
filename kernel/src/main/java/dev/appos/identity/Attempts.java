package dev.appos.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/// Counts wrong logins: for each name from each address, which locks that address out of that name soon, and for each
/// name from everywhere, which is the second line and far higher, so that nobody locks out somebody else.
///
/// Names are counted as they were tried, whether there is such a user or not, so that a lock tells nothing.
final class Attempts {

    /// In the place of an address: from everywhere.
    private static final String EVERYWHERE = "";

    private final LoginLimits settings;

    Attempts(LoginLimits settings) {
        this.settings = settings;
    }

    /// How things stand for one name and address.
    ///
    /// @param address    until when this address is locked out of this name
    /// @param everywhere whether nobody gets in under this name at the moment
    record State(Optional<Instant> address, boolean everywhere) {

        boolean locked() {
            return everywhere || address.isPresent();
        }
    }

    /// The state, read under a lock that lasts until the transaction ends: attempts for one name wait for each other.
    State begin(DSLContext sql, String username, String ip, Instant now) {
        Result<Record> rows = sql.fetch(
                """
                insert into appos.login_attempts as a (username, ip, failed, since)
                values ({0}, {1}, 0, {2}), ({0}, {3}, 0, {2})
                on conflict (username, ip) do update set
                    failed = case when {4} then 0 else a.failed end,
                    since = case when {4} then {2} else a.since end,
                    locked_until = case when a.locked_until > {2} then a.locked_until end
                returning a.ip, a.locked_until
                """,
                DSL.val(username),
                DSL.val(ip),
                DSL.val(now),
                DSL.val(EVERYWHERE),
                DSL.condition(
                        "(a.since <= {0} or a.locked_until <= {1})",
                        DSL.val(now.minus(settings.window())),
                        DSL.val(now)));
        return new State(locked(rows, ip), locked(rows, EVERYWHERE).isPresent());
    }

    private static Optional<Instant> locked(Result<Record> rows, String ip) {
        return rows.stream()
                .filter(row -> row.get("ip", String.class).equals(ip))
                .findFirst()
                .map(row -> row.get("locked_until", Instant.class));
    }

    /// Counts a wrong login of a state that was begun.
    void fail(DSLContext sql, String username, String ip, Instant now) {
        count(sql, username, ip, settings.attempts(), now.plus(settings.lockedFor()));
        count(sql, username, EVERYWHERE, settings.everywhere(), now.plus(settings.window()));
    }

    private static void count(DSLContext sql, String username, String ip, int max, Instant until) {
        sql.execute(
                """
                update appos.login_attempts
                set failed = failed + 1,
                    locked_until = case when failed + 1 >= ? then cast(? as timestamptz) else locked_until end
                where username = ? and ip = ?
                """,
                max,
                until,
                username,
                ip);
    }

    /// Forgets the wrong logins of one address; those from everywhere stay counted.
    void succeed(DSLContext sql, String username, String ip) {
        sql.execute("delete from appos.login_attempts where username = ? and ip = ?", username, ip);
    }

    /// Forgets everything about a name: its password is another one now.
    static void forget(DSLContext sql, String username) {
        sql.execute("delete from appos.login_attempts where username = ?", username);
    }

    /// Removes what counts no longer.
    int sweep(DSLContext sql, Instant now) {
        Duration window = settings.window();
        return sql.execute(
                """
                delete from appos.login_attempts
                where since <= cast(? as timestamptz)
                  and (locked_until is null or locked_until <= cast(? as timestamptz))
                """,
                now.minus(window),
                now);
    }
}
