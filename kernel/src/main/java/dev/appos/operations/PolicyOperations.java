package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.object;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.texts;

import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.Skills;
import dev.appos.govern.Verdict;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Agents;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Policies: writing them, and asking what they would say.
final class PolicyOperations {

    private final Parts parts;
    private final Agents agents;

    PolicyOperations(Parts parts) {
        this.parts = parts;
        this.agents = new Agents(parts.ids(), parts.clock());
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.writes(
                        "put_policy",
                        "Writes a new version of a policy, which judges from the next call on.",
                        Permission.ADMIN,
                        List.of(text("name"), object("policy")),
                        body(this::put)),
                PlatformRule.reads(
                        "list_policies",
                        "Every policy in its newest version.",
                        Permission.ADMIN,
                        List.of(),
                        body(this::list)),
                PlatformRule.reads(
                        "evaluate_policy",
                        "What policies would say about an action, without doing it.",
                        Permission.VIEW,
                        List.of(
                                maybe(text("agent")),
                                text("action"),
                                maybe(object("params")),
                                maybe(texts("policies"))),
                        body(this::evaluate)));
    }

    private @Nullable Object put(Permit permit, Given given) {
        permit.afterCommit(parts.policies()::refresh);
        return Plain.of(parts.policies()
                .put(
                        permit.sql(),
                        given.required("name"),
                        given.map("policy").orElseThrow(),
                        permit.principal().name()));
    }

    private Object list(Permit permit, Given given) {
        return Pages.of(parts.policies().list(permit.sql()), null);
    }

    /// Administrators ask about every agent and every policy, an agent about itself; to others there is no agent.
    private Object evaluate(Permit permit, Given given) {
        boolean administers = Delegation.administers(permit);
        Optional<String> named = given.optional("agent").map(Agents::plain);
        named.filter(name -> !administers && !permit.principal().name().equals(Agents.PREFIX + name))
                .ifPresent(name -> {
                    throw Agents.unknown(name);
                });
        if (!administers && (named.isEmpty() || given.optionalList("policies").isPresent())) {
            throw Refusal.forbidden("Evaluating policies by name", "only administrators may");
        }
        String action = given.required("action");
        Optional<Agents.Agent> agent = named.map(name -> agents.get(permit.sql(), name));
        List<String> policies = given.optionalList("policies").orElseGet(() -> agent.map(Agents.Agent::policies)
                .orElseThrow(() -> Refusal.invalid(
                        "The question", "/policies", "required", "must be given where no agent is")));
        boolean skilled = agent.flatMap(Agents.Agent::skills)
                .map(skills -> Skills.allow(skills, permit.snapshot(), action))
                .orElse(true);
        Verdict verdict = skilled
                ? parts.governor().evaluate(policies, action, given.map("params").orElse(Map.of()))
                : PolicyGovernor.noSkill(Agents.PREFIX + agent.orElseThrow().name(), action);
        return Map.of(
                "verdict", verdict.kind().name().toLowerCase(Locale.ROOT),
                "policy", verdict.policy(),
                "version", verdict.version(),
                "rule", verdict.rule(),
                "reason", verdict.reason());
    }
}
