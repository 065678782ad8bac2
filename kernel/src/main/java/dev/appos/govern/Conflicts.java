package dev.appos.govern;

import java.util.ArrayList;
import java.util.List;

/// What in a policy contradicts itself or can never speak.
final class Conflicts {

    private Conflicts() {}

    /// One sentence for each.
    static List<String> of(WrittenPolicy policy) {
        List<String> found = new ArrayList<>();
        for (String action : policy.allowed()) {
            if (covered(action, policy.blocked())) {
                found.add("allowed_actions has " + action + ", which blocked_actions denies.");
            }
        }
        for (String action : policy.approval()) {
            if (covered(action, policy.blocked())) {
                found.add("require_approval has " + action + ", which blocked_actions denies: nobody is ever asked.");
            } else if (!policy.allowed().isEmpty() && !covered(action, policy.allowed())) {
                found.add("require_approval has " + action + ", which is not among allowed_actions and so is denied.");
            }
        }
        boolean allows = !policy.allowed().isEmpty()
                || policy.rules().stream().anyMatch(rule -> rule.verdict() != Verdict.Kind.DENY)
                || !policy.approval().isEmpty();
        if (policy.byDefault() == Verdict.Kind.DENY && !allows) {
            found.add("The default is deny and nothing is allowed: every call is denied.");
        }
        rules(policy, found);
        for (BlockedPattern pattern : policy.patterns()) {
            if (pattern.occursIn("")) {
                found.add("blocked_patterns has " + pattern.written() + ", which is found in every text.");
            }
        }
        return List.copyOf(found);
    }

    /// The strictest rule counts, so a milder one for the same actions never does.
    private static void rules(WrittenPolicy policy, List<String> found) {
        for (PolicyRule mild : policy.rules()) {
            if (mild.actions().stream().allMatch(action -> covered(action, policy.blocked()))) {
                found.add("Rule " + mild.name() + " never decides: blocked_actions denies all of its actions.");
            }
            policy.rules().stream()
                    .filter(strict -> strict.conditions().isEmpty()
                            && strict.verdict().compareTo(mild.verdict()) > 0
                            && mild.actions().stream().allMatch(action -> covered(action, strict.actions())))
                    .findFirst()
                    .ifPresent(strict -> found.add("Rule " + mild.name() + " never decides: rule " + strict.name()
                            + " is stricter for all of its actions."));
        }
    }

    private static boolean covered(String action, List<String> wider) {
        return wider.stream().anyMatch(wide -> Glob.action(wide, action));
    }
}
