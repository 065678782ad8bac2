package dev.appos.secure;

import dev.appos.base.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Small values that apps keep with a login session. They are gone with its row.
public final class SessionValues {

    /// Characters of a name.
    public static final int LONGEST_NAME = 100;

    /// Characters of a value as JSON.
    public static final int LONGEST_VALUE = 4_000;

    /// Values of one app in one session.
    public static final int MOST_VALUES = 50;

    private SessionValues() {}

    /// The value as JSON, if there is one.
    public static Optional<String> get(DSLContext sql, UUID session, String app, String name) {
        return sql.fetchOptional(
                        "select value::text from appos.session_value where session_id = ? and app = ? and name = ?",
                        session, app, name)
                .map(row -> row.get(0, String.class));
    }

    /// Keeps a value.
    ///
    /// @throws Refusal if it is too long, one too many, or the session has ended meanwhile
    public static void set(DSLContext sql, UUID session, String app, String name, String json) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Refusal.invalid(
                    "The session value", "/name", "length", "has a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (json.length() > LONGEST_VALUE) {
            throw Refusal.tooLarge(
                    "The session value \"" + name + "\" is longer than " + LONGEST_VALUE + " characters of JSON.",
                    "Keep it in a record.");
        }
        int kept = sql.execute(
                """
                insert into appos.session_value (session_id, app, name, value)
                select id, ?, ?, ?::json from appos.sessions where id = ? and (
                    select count(*) from appos.session_value v
                    where v.session_id = sessions.id and v.app = ? and v.name <> ?) < ?
                on conflict (session_id, app, name) do update set value = excluded.value
                """,
                app, name, json, session, app, name, MOST_VALUES);
        if (kept == 0) {
            throw Refusal.conflict(
                    "The session value \"" + name + "\" cannot be kept: the session has ended, or holds "
                            + MOST_VALUES + " values of app " + app + ".",
                    "Remove some, or log in again.");
        }
    }

    /// Forgets a value.
    public static void remove(DSLContext sql, UUID session, String app, String name) {
        sql.execute(
                "delete from appos.session_value where session_id = ? and app = ? and name = ?", session, app, name);
    }
}
