package dev.appos.govern;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.registry.Registry;
import dev.appos.secure.Principal;
import java.util.List;
import java.util.Map;

/// Judges by skills and policies. Of everything that speaks, the strictest counts.
public final class PolicyGovernor implements Governor {

    private static final Verdict NONE = new Verdict(
            Verdict.Kind.ALLOW, "none", 0, "no policy", "no policy applies");

    private final Policies policies;
    private final Registry registry;

    /// @param registry where it is looked up what an action does
    public PolicyGovernor(Policies policies, Registry registry) {
        this.policies = policies;
        this.registry = registry;
    }

    @Override
    public Verdict judge(Principal.Agent agent, Ref ref, Input input, boolean nested) {
        boolean entrance = nested
                || agent.skills().map(skills -> Skills.allow(skills, ref, input.action())).orElse(true);
        if (!entrance) {
            return noSkill(agent.name(), ref + "." + input.action().word());
        }
        return evaluate(agent.policies(), ref + "." + input.action().word(), input.values());
    }

    /// What these policies say about an action, which need not be one of the platform's: the action `shell` is judged
    /// by its `{command}`, `database_query` by its `{query}`.
    public Verdict evaluate(List<String> names, String action, Map<String, ?> params) {
        if (names.isEmpty()) {
            return NONE;
        }
        Deed deed = Deed.of(registry.current(), action, params);
        Verdict strictest = NONE;
        for (String name : names) {
            Verdict verdict = policies.find(name).map(policy -> policy.judge(deed)).orElseGet(() -> unknown(name));
            if (strictest == NONE || verdict.kind().compareTo(strictest.kind()) > 0) {
                strictest = verdict;
            }
        }
        return strictest;
    }

    /// The verdict on an outermost call that none of the agent's skills means.
    public static Verdict noSkill(String agent, String action) {
        return new Verdict(
                Verdict.Kind.DENY, "skills", 0, "skills", action + " is not one of the skills of " + agent);
    }

    private static Verdict unknown(String name) {
        return new Verdict(
                Verdict.Kind.DENY, name, 0, "unknown policy", "there is no readable policy called " + name);
    }
}
