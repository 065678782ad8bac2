package dev.appos.identity;

import dev.appos.base.Ids;
import dev.appos.secure.Directory;
import dev.appos.secure.Groups;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/// Makes what the first login needs.
final class Bootstrap {

    private static final String BY = "system:bootstrap";

    /// As text a password of 24 characters.
    private static final int PASSWORD_BYTES = 18;

    private final Database database;
    private final Directory directory;
    private final Passwords passwords;
    private final Ids ids;
    private final Clock clock;
    private final Groups groups;

    Bootstrap(Database database, Directory directory, Passwords passwords, Ids ids, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
        this.groups = new Groups(clock);
    }

    /// The password of the administrator that this call made, or nothing if there was one already.
    Optional<String> admin(Optional<String> preset) {
        boolean there = database.read(sql -> sql.fetchOptional(
                        "select 1 from appos.users where username = ?", Users.FIRST_ADMIN))
                .isPresent();
        if (there) {
            return Optional.empty();
        }
        Optional<String> password = database.write(sql -> make(sql, preset));
        directory.refresh();
        return password;
    }

    /// The unique name decides: whoever comes second waits for the first one's commit and then finds the row.
    private Optional<String> make(DSLContext sql, Optional<String> preset) {
        Versions.bump(sql, Area.DIRECTORY);
        Instant now = clock.instant();
        UUID id = ids.next();
        int made = sql.execute(
                """
                insert into appos.users (id, username, full_name, user_type, created_at, created_by)
                values (?, ?, 'Administrator', 'system_admin', cast(? as timestamptz), ?)
                on conflict (username) do nothing
                """,
                id,
                Users.FIRST_ADMIN,
                now,
                BY);
        if (made == 0) {
            return Optional.empty();
        }
        String password = preset.orElseGet(() -> ids.secret(PASSWORD_BYTES));
        String hash = passwords.hash("/password", password, List.of(Users.FIRST_ADMIN));
        sql.execute("update appos.users set password_hash = ? where id = ?", hash, id);
        new Predefined(ids, clock).make(sql);
        groups.addMember(sql, Groups.ADMINS, Users.FIRST_ADMIN);
        return Optional.of(password);
    }
}
