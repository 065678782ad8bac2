package dev.appos.secure;

import dev.appos.base.Refusal;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The rows of groups, of their members and of the apps they open.
public final class Groups {

    /// The group of those who may do everything.
    public static final String ADMINS = "system_admin";

    /// The group of callers without an account.
    public static final String PUBLIC = "public_access";

    /// The account that a caller without one runs as: a member of [#PUBLIC], and nothing more.
    public static final String PUBLIC_ACCOUNT = "public_api";

    public static final List<String> TYPES = List.of("security", "team", "app", "system");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");
    private static final int LONGEST_DESCRIPTION = 1000;

    /// A group with whom it holds and what it opens.
    public record Group(
            String name, String type, String description, boolean isActive, List<String> apps, List<String> members) {}

    private final Clock clock;

    public Groups(Clock clock) {
        this.clock = clock;
    }

    /// Adds a group that opens these apps.
    ///
    /// @throws Refusal if the name is taken or has no valid form
    public Group create(DSLContext sql, Group group, String by) {
        if (!NAME.matcher(group.name()).matches()) {
            throw Refusal.invalid("The group", "/name", "form",
                    "must have 1 to 100 lower-case letters, digits, _ or -, and begin with a letter");
        }
        if (group.description().length() > LONGEST_DESCRIPTION) {
            throw Refusal.invalid("The group", "/description", "length",
                    "must have at most " + LONGEST_DESCRIPTION + " characters");
        }
        Versions.bump(sql, Area.DIRECTORY);
        int made = sql.execute(
                """
                insert into appos.groups (name, type, description, created_at, created_by)
                values (?, ?, ?, cast(? as timestamptz), ?) on conflict (name) do nothing
                """,
                group.name(),
                group.type(),
                group.description(),
                clock.instant(),
                by);
        if (made == 0) {
            throw Refusal.conflict("There is already a group called " + group.name() + ".", "Choose another name.");
        }
        group.apps().forEach(app -> link(sql, group.name(), app));
        group.members().forEach(member -> addMember(sql, group.name(), member));
        return get(sql, group.name());
    }

    /// Lets the members of a group into an app.
    public void link(DSLContext sql, String group, String app) {
        Versions.bump(sql, Area.DIRECTORY);
        sql.execute(
                "insert into appos.group_apps (group_name, app) values (?, ?) on conflict do nothing", group, app);
    }

    /// Shuts an app to the members of a group, as far as a link opened it.
    public void unlink(DSLContext sql, String group, String app) {
        Versions.bump(sql, Area.DIRECTORY);
        sql.execute("delete from appos.group_apps where group_name = ? and app = ?", group, app);
    }

    /// Adds a user to a group; adding twice does nothing more.
    ///
    /// @throws Refusal if there is no such user or group
    public void addMember(DSLContext sql, String group, String username) {
        Versions.bump(sql, Area.DIRECTORY);
        get(sql, group);
        int found = sql.execute(
                """
                insert into appos.members (group_name, user_id)
                select ?, id from appos.users where username = ?
                on conflict (group_name, user_id) do update set user_id = excluded.user_id
                """,
                group,
                Principal.normal(username));
        if (found == 0) {
            throw Refusal.notFound("user called " + username);
        }
    }

    /// Removes a user from a group.
    ///
    /// @throws Refusal if it is the last administrator, and the group is the administrators'
    public void removeMember(DSLContext sql, String group, String username) {
        Versions.bump(sql, Area.DIRECTORY);
        get(sql, group);
        String name = Principal.normal(username);
        UUID user = sql.fetchOptional("select id from appos.users where username = ?", name)
                .orElseThrow(() -> Refusal.notFound("user called " + username))
                .get("id", UUID.class);
        if (group.equals(ADMINS)) {
            LastAdmin.stays(sql, name);
        }
        sql.execute("delete from appos.members where group_name = ? and user_id = ?", group, user);
    }

    /// Makes a group count or not count; its members stay in it either way.
    public Group activate(DSLContext sql, String group, boolean active) {
        if (!active && group.equals(ADMINS)) {
            throw Refusal.conflict("The group " + ADMINS + " stays active.", "Remove members from it instead.");
        }
        Versions.bump(sql, Area.DIRECTORY);
        sql.execute("update appos.groups set is_active = ? where name = ?", active, group);
        return get(sql, group);
    }

    /// One group.
    ///
    /// @throws Refusal if there is none of this name
    public Group get(DSLContext sql, String name) {
        return find(sql, name).orElseThrow(() -> Refusal.notFound("group called " + name));
    }

    /// One group, if there is one of this name.
    public Optional<Group> find(DSLContext sql, String name) {
        return sql.fetchOptional(SELECT + " where g.name = ?", name).map(Groups::group);
    }

    /// Groups by name, beginning after `after`.
    public List<Group> list(DSLContext sql, String after, int limit) {
        return sql.fetch(SELECT + " where g.name > ? order by g.name limit ?", after, limit).map(Groups::group);
    }

    private static final String SELECT =
            """
            select g.name, g.type, g.description, g.is_active,
                   array(select a.app from appos.group_apps a where a.group_name = g.name order by a.app) as apps,
                   array(select u.username from appos.members m join appos.users u on u.id = m.user_id
                         where m.group_name = g.name order by u.username) as members
            from appos.groups g
            """;

    private static Group group(Record row) {
        return new Group(
                row.get("name", String.class),
                row.get("type", String.class),
                row.get("description", String.class),
                row.get("is_active", boolean.class),
                List.of(row.get("apps", String[].class)),
                List.of(row.get("members", String[].class)));
    }
}
