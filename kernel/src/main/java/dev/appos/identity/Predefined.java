package dev.appos.identity;

import dev.appos.base.Ids;
import dev.appos.object.Permission;
import dev.appos.secure.GrantPattern;
import dev.appos.secure.Grants;
import dev.appos.secure.Groups;
import dev.appos.secure.Versions.Area;
import dev.appos.secure.Versions;
import dev.appos.store.Database;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/// The groups every platform has, and the account that callers without one run as.
///
/// What is missing is made at each start. A group that is there is left as administrators made it: a grant they took
/// back stays away.
public final class Predefined {

    private static final String BY = "system:predefined";
    private static final String RULES = "platform.rules.";

    /// A group with what it is granted when it is made.
    private record Role(String description, Map<String, Set<Permission>> grants) {}

    private static final Map<String, Role> ROLES = roles();

    private final Ids ids;
    private final Clock clock;

    public Predefined(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes what is missing.
    public void ensure(Database database) {
        boolean there = database.read(sql -> sql.fetchSingle(
                        """
                        select (select count(*) from appos.groups where name = any (?)) = ?
                           and exists (select 1 from appos.users where username = ?)
                        """,
                        ROLES.keySet().toArray(String[]::new),
                        ROLES.size(),
                        Groups.PUBLIC_ACCOUNT))
                .into(boolean.class);
        if (!there) {
            database.write(this::make);
        }
    }

    /// The counter is moved first, so that of two nodes one waits for the other and then finds everything there.
    int make(DSLContext sql) {
        Versions.bump(sql, Area.DIRECTORY);
        Groups groups = new Groups(clock);
        Grants grants = new Grants(clock);
        ROLES.forEach((name, role) -> {
            if (groups.find(sql, name).isEmpty()) {
                groups.create(
                        sql,
                        new Groups.Group(name, "system", role.description(), true, List.of(), List.of()),
                        BY);
                role.grants().forEach((ref, permissions) ->
                        grants.add(sql, name, GrantPattern.of(ref), permissions, BY));
            }
        });
        int made = sql.execute(
                """
                insert into appos.users (id, username, full_name, user_type, created_at, created_by)
                values (?, ?, 'Callers without an account', 'service_account', cast(? as timestamptz), ?)
                on conflict (username) do nothing
                """,
                ids.next(),
                Groups.PUBLIC_ACCOUNT,
                clock.instant(),
                BY);
        if (made == 1) {
            groups.addMember(sql, Groups.PUBLIC, Groups.PUBLIC_ACCOUNT);
        }
        return made;
    }

    private static Map<String, Role> roles() {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put(Groups.ADMINS, new Role("May do everything", Map.of("*", Set.of(Permission.ADMIN))));
        roles.put(Groups.PUBLIC, new Role("Callers without an account", Map.of()));
        List<String> reading = List.of("list_agents", "list_policies");
        List<String> changing =
                List.of("list_agents", "list_policies", "create_agent", "stop_agent", "resume_agent", "put_policy");
        roles.put("aos_viewer", new Role("May see agents and what governs them", agents(
                EnumSet.of(Permission.VIEW), reading)));
        roles.put("aos_operator", new Role("May see agents and have work done", agents(
                EnumSet.of(Permission.VIEW, Permission.USE), reading)));
        roles.put("aos_admin", new Role("May do everything with agents", agents(
                EnumSet.allOf(Permission.class), changing)));
        return roles;
    }

    private static Map<String, Set<Permission>> agents(Set<Permission> permissions, List<String> rules) {
        Map<String, Set<Permission>> grants = new LinkedHashMap<>();
        grants.put("aos.*", permissions);
        rules.forEach(rule -> grants.put(RULES + rule, Set.of(Permission.ADMIN)));
        return grants;
    }
}
