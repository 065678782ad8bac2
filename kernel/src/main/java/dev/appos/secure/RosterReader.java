package dev.appos.secure;

import dev.appos.object.Permission;
import dev.appos.secure.GrantIndex.Grant;
import dev.appos.secure.Roster.Account;
import dev.appos.secure.Roster.AgentEntry;
import dev.appos.secure.Versions.Area;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Reads a [Roster] from the tables.
final class RosterReader {

    private RosterReader() {}

    /// What the tables say now. The versions are read first: what is read after them is at least as new.
    static Roster read(DSLContext sql) {
        long directory = Versions.of(sql, Area.DIRECTORY);
        long credentials = Versions.of(sql, Area.CREDENTIALS);
        Map<String, Account> accounts = accounts(sql);
        return new Roster(directory, credentials, accounts, agents(sql, accounts), appGroups(sql), grants(sql));
    }

    private static Map<String, Account> accounts(DSLContext sql) {
        Map<String, Account> accounts = new HashMap<>();
        for (Record row : sql.fetch(
                """
                select u.id, u.username, u.user_type, u.is_active, u.preferred_language, u.timezone,
                       coalesce(array_agg(g.name) filter (where g.name is not null), '{}') as groups
                from appos.users u
                left join appos.members m on m.user_id = u.id
                left join appos.groups g on g.name = m.group_name and g.is_active
                group by u.id
                """)) {
            String name = row.get("username", String.class);
            Principal.Type type = Principal.Type.valueOf(row.get("user_type", String.class).toUpperCase(Locale.ROOT));
            Principal.User user = new Principal.User(name, type, Set.of(row.get("groups", String[].class)));
            accounts.put(name, new Account(
                    row.get("id", UUID.class),
                    user,
                    row.get("is_active", boolean.class),
                    row.get("preferred_language", String.class),
                    row.get("timezone", String.class)));
        }
        return accounts;
    }

    private static Map<String, AgentEntry> agents(DSLContext sql, Map<String, Account> accounts) {
        Map<String, AgentEntry> agents = new HashMap<>();
        for (Record row : sql.fetch(
                """
                select a.id, a.name, a.policies, a.skills, a.status, u.username
                from appos.agents a join appos.users u on u.id = a.user_id
                """)) {
            Account account = accounts.get(row.get("username", String.class));
            if (account == null) {
                // Added between the two queries; the bump that came with it brings the next reading.
                continue;
            }
            Principal.Agent agent = new Principal.Agent(
                    Agents.PREFIX + row.get("name", String.class),
                    account.user(),
                    List.of(row.get("policies", String[].class)),
                    Optional.ofNullable(row.get("skills", String[].class)).map(Set::of));
            boolean active = account.active() && row.get("status", String.class).equals("active");
            agents.put(agent.name(), new AgentEntry(row.get("id", UUID.class), agent, active));
        }
        return agents;
    }

    private static Map<String, Set<String>> appGroups(DSLContext sql) {
        Map<String, Set<String>> groups = new HashMap<>();
        sql.fetch("select a.app, a.group_name from appos.group_apps a join appos.groups g on g.name = a.group_name"
                        + " and g.is_active")
                .forEach(row -> groups.computeIfAbsent(row.get("app", String.class), _ -> new HashSet<>())
                        .add(row.get("group_name", String.class)));
        return groups;
    }

    private static GrantIndex grants(DSLContext sql) {
        return new GrantIndex(sql.fetch("select group_name, object_ref, permission from appos.grants")
                .map(row -> new Grant(
                        row.get("group_name", String.class),
                        GrantPattern.of(row.get("object_ref", String.class)),
                        Permission.of(row.get("permission", String.class)))));
    }
}
