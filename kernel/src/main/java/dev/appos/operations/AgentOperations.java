package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.object;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.texts;

import dev.appos.base.Nearest;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Budgets;
import dev.appos.govern.Skills;
import dev.appos.identity.ApiKeys;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Agents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Agents: making them, stopping them.
final class AgentOperations {

    private static final List<String> BUDGET_KEYS = List.of("amount", "unit", "per");

    private final Parts parts;
    private final Delegation delegation;
    private final Agents agents;
    private final AgentAccounts accounts;
    private final Budgets budgets;
    private final Users users;
    private final ApiKeys keys;

    AgentOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.agents = new Agents(parts.ids(), parts.clock());
        this.accounts = new AgentAccounts(parts, delegation);
        this.budgets = new Budgets(parts.ids(), parts.clock());
        this.users = parts.accounts().users();
        this.keys = parts.accounts().keys();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.writes(
                        "create_agent",
                        "Makes an agent; its key is shown this once. Without runs_as it gets an account of its own that"
                                + " may do what its skills say.",
                        Permission.ADMIN,
                        List.of(
                                text("name"),
                                maybe(text("description")),
                                maybe(text("runs_as")),
                                maybe(texts("policies")),
                                maybe(texts("skills")),
                                maybe(object("budget"))),
                        body(this::create)),
                PlatformRule.reads(
                        "list_agents",
                        "Agents with their policies, skills and budgets.",
                        Permission.ADMIN,
                        List.of(maybe(number("limit")), maybe(text("cursor"))),
                        body(this::list)),
                PlatformRule.writes(
                        "stop_agent",
                        "Stops an agent at once: its next call is refused.",
                        Permission.ADMIN,
                        List.of(text("name")),
                        body((permit, given) -> activate(permit, given, false))),
                PlatformRule.writes(
                        "resume_agent",
                        "Lets a stopped agent go on.",
                        Permission.ADMIN,
                        List.of(text("name")),
                        body((permit, given) -> activate(permit, given, true))));
    }

    private Object create(Permit permit, Given given) {
        check(permit, given);
        permit.afterCommit(parts.directory()::refresh);
        DSLContext sql = permit.sql();
        String by = permit.principal().name();
        Optional<String> runsAs = given.optional("runs_as");
        runsAs.ifPresent(username -> delegation.mayActAs(permit, users.get(sql, username)));
        String account = runsAs.orElseGet(() -> accounts.create(permit, given.required("name"), given.list("skills")));
        Agents.Agent agent = agents.create(
                sql,
                new Agents.Plan(
                        given.required("name"),
                        given.text("description", ""),
                        account,
                        runsAs.isEmpty(),
                        given.list("policies"),
                        given.optionalList("skills").map(Set::copyOf)),
                by);
        given.map("budget").ifPresent(budget -> budget(sql, agent, budget));
        ApiKeys.Made key = keys.create(sql, new ApiKeys.Owner(agent.id(), true), "first key", Optional.empty(), by);
        Map<String, @Nullable Object> answer = shown(sql, agent);
        answer.put("api_key", key.apiKey());
        return answer;
    }

    private void check(Permit permit, Given given) {
        Agents.checkName(given.required("name"));
        List<Fault> faults = new ArrayList<>(Skills.faults(permit.snapshot(), given.list("skills")));
        List<String> policies = given.list("policies");
        Set<String> known = parts.policies().names();
        for (int i = 0; i < policies.size(); i++) {
            if (!known.contains(policies.get(i))) {
                faults.add(new Fault("/policies/" + i, "unknown",
                        "there is no policy called " + policies.get(i) + ". "
                                + Nearest.remedy(policies.get(i), known)));
            }
        }
        given.map("budget").ifPresent(budget -> budget.keySet().stream()
                .filter(key -> !BUDGET_KEYS.contains(key))
                .forEach(key -> faults.add(new Fault(
                        "/budget/" + key, "unknown", "is not known here. " + Nearest.remedy(key, BUDGET_KEYS)))));
        if (!faults.isEmpty()) {
            throw Refusal.invalid("The agent", faults);
        }
    }

    private void budget(DSLContext sql, Agents.Agent agent, Map<String, Object> budget) {
        budgets.set(
                sql,
                Agents.PREFIX + agent.name(),
                Given.amount(budget, "amount", "/budget/amount"),
                String.valueOf(budget.get("unit")),
                String.valueOf(budget.get("per")));
    }

    private Object list(Permit permit, Given given) {
        int limit = given.limit();
        List<Agents.Agent> found = agents.list(permit.sql(), given.text("cursor", ""), limit + 1);
        boolean more = found.size() > limit;
        List<Agents.Agent> page = more ? found.subList(0, limit) : found;
        return Pages.of(
                page.stream().map(agent -> shown(permit.sql(), agent)).toList(),
                more ? page.getLast().name() : null);
    }

    private Object activate(Permit permit, Given given, boolean active) {
        permit.afterCommit(parts.directory()::refresh);
        Agents.Agent agent = agents.activate(permit.sql(), given.required("name"), active);
        if (!active) {
            parts.accounts().sessions().endAllOfAgent(permit.sql(), agent.id());
        }
        return shown(permit.sql(), agent);
    }

    private Map<String, @Nullable Object> shown(DSLContext sql, Agents.Agent agent) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", agent.id());
        answer.put("name", agent.name());
        answer.put("type", "agent");
        answer.put("status", agent.status());
        answer.put("description", agent.description());
        answer.put("runs_as", agent.runsAs());
        answer.put("policies", agent.policies());
        answer.put("skills", agent.skills().orElse(null));
        answer.put("budget", Plain.of(budgets.find(sql, Agents.PREFIX + agent.name())));
        answer.put("created_at", agent.createdAt());
        answer.put("created_by", agent.createdBy());
        return answer;
    }
}
