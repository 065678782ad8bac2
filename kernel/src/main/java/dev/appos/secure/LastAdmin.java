package dev.appos.secure;

import dev.appos.base.Refusal;
import org.jooq.DSLContext;

/// Without a system_admin nobody could ever be made one again.
public final class LastAdmin {

    private LastAdmin() {}

    /// Refuses to let this user go if it is the last active system_admin.
    ///
    /// The caller has announced a change of the directory in this transaction: such changes wait for each other, so the
    /// count holds until it commits.
    public static void stays(DSLContext sql, String username) {
        boolean last = sql.fetchSingle(
                        """
                        select exists (select 1 from appos.users
                                       where username = ? and user_type = 'system_admin' and is_active)
                           and not exists (select 1 from appos.users
                                           where username <> ? and user_type = 'system_admin' and is_active)
                        """,
                        username,
                        username)
                .into(boolean.class);
        if (last) {
            throw Refusal.conflict(username + " is the last active system_admin.", "Make another system_admin first.");
        }
    }
}
