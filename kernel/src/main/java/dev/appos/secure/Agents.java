package dev.appos.secure;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The rows of agents: principals that act for an account, under policies, with skills.
public final class Agents {

    /// What the name of an agent has in front where names of users stand too.
    public static final String PREFIX = "agent:";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{1,62}");
    private static final int LONGEST_DESCRIPTION = 1000;

    /// An agent.
    ///
    /// @param name       without the prefix
    /// @param runsAs     the account it acts for
    /// @param ownAccount whether that account was made for it
    /// @param skills     the objects it may call; absent is every one its account may use
    /// @param status     `active` or `stopped`
    public record Agent(
            UUID id,
            String name,
            String description,
            String runsAs,
            boolean ownAccount,
            List<String> policies,
            Optional<List<String>> skills,
            String status,
            Instant createdAt,
            String createdBy) {}

    /// What an agent is to be.
    public record Plan(
            String name,
            String description,
            String runsAs,
            boolean ownAccount,
            List<String> policies,
            Optional<Set<String>> skills) {}

    private final Ids ids;
    private final Clock clock;

    public Agents(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Refuses a name that no agent can have.
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("The agent", "/name", "form",
                    "must have 2 to 63 lower-case letters, digits, _ or -, and begin with a letter or digit");
        }
    }

    /// Adds an agent.
    ///
    /// @throws Refusal if the name is taken, or there is no such active account
    public Agent create(DSLContext sql, Plan plan, String by) {
        checkName(plan.name());
        if (plan.description().length() > LONGEST_DESCRIPTION) {
            throw Refusal.invalid("The agent", "/description", "length",
                    "must have at most " + LONGEST_DESCRIPTION + " characters");
        }
        Versions.bump(sql, Area.DIRECTORY);
        UUID user = sql.fetchOptional(
                        "select id from appos.users where username = ? and is_active", Principal.normal(plan.runsAs()))
                .orElseThrow(() -> Refusal.notFound("active user called " + plan.runsAs()))
                .get("id", UUID.class);
        int made = sql.execute(
                """
                insert into appos.agents
                    (id, name, description, user_id, own_account, policies, skills, status, created_at, created_by)
                values (?, ?, ?, ?, ?, ?, cast(? as text[]), 'active', cast(? as timestamptz), ?)
                on conflict (name) do nothing
                """,
                ids.next(),
                plan.name(),
                plan.description(),
                user,
                plan.ownAccount(),
                plan.policies().toArray(String[]::new),
                plan.skills().map(skills -> skills.stream().sorted().toArray(String[]::new)).orElse(null),
                clock.instant(),
                by);
        if (made == 0) {
            throw Refusal.conflict("There is already an agent called " + plan.name() + ".", "Choose another name.");
        }
        return get(sql, plan.name());
    }

    /// Stops an agent at once, or lets it go on. Its tokens are ended by whoever stops it.
    ///
    /// @throws Refusal if there is none of this name
    public Agent activate(DSLContext sql, String name, boolean active) {
        Versions.bump(sql, Area.DIRECTORY);
        Agent agent = get(sql, name);
        sql.execute("update appos.agents set status = ? where id = ?", active ? "active" : "stopped", agent.id());
        return get(sql, agent.name());
    }

    /// One agent, by its name with or without the prefix.
    ///
    /// @throws Refusal if there is none of this name
    public Agent get(DSLContext sql, String name) {
        return sql.fetchOptional(SELECT + " where a.name = ?", plain(name))
                .map(Agents::agent)
                .orElseThrow(() -> unknown(name));
    }

    /// A name without the prefix.
    public static String plain(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /// The refusal for an agent that is not there, or not the caller's to know.
    public static Refusal unknown(String name) {
        return Refusal.notFound("agent called " + plain(name));
    }

    /// Whether there is an agent of this name, with the prefix, that acts for this account.
    public static boolean actsFor(DSLContext sql, String agent, String username) {
        return sql.fetchOptional(
                        """
                        select 1 from appos.agents a join appos.users u on u.id = a.user_id
                        where 'agent:' || a.name = ? and u.username = ?
                        """,
                        agent,
                        username)
                .isPresent();
    }

    /// Agents by name, beginning after `after`.
    public List<Agent> list(DSLContext sql, String after, int limit) {
        return sql.fetch(SELECT + " where a.name > ? order by a.name limit ?", after, limit).map(Agents::agent);
    }

    private static final String SELECT =
            """
            select a.id, a.name, a.description, u.username, a.own_account, a.policies, a.skills, a.status,
                   a.created_at, a.created_by
            from appos.agents a join appos.users u on u.id = a.user_id
            """;

    private static Agent agent(Record row) {
        return new Agent(
                row.get("id", UUID.class),
                row.get("name", String.class),
                row.get("description", String.class),
                row.get("username", String.class),
                row.get("own_account", boolean.class),
                List.of(row.get("policies", String[].class)),
                Optional.ofNullable(row.get("skills", String[].class)).map(List::of),
                row.get("status", String.class),
                row.get("created_at", Instant.class),
                row.get("created_by", String.class));
    }
}
