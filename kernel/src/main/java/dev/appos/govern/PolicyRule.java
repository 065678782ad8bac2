package dev.appos.govern;

import dev.appos.govern.Condition.Outcome;
import java.util.List;
import java.util.Map;

/// One rule of a written policy: for these actions, when all conditions hold, this verdict.
///
/// @param name   its name, or its place: `rules/0`
/// @param reason why, for the agent and the audit; may be empty
record PolicyRule(
        String name, Verdict.Kind verdict, List<String> actions, List<Condition> conditions, String reason) {

    /// A rule that restricts needs one of the records to fit; a rule that allows needs all of them.
    boolean fits(Deed deed) {
        if (actions.stream().noneMatch(action -> Glob.action(action, deed.action()))) {
            return false;
        }
        return verdict == Verdict.Kind.ALLOW
                ? deed.variants().stream().allMatch(values -> holds(deed, values, false))
                : deed.variants().stream().anyMatch(values -> holds(deed, values, true));
    }

    private boolean holds(Deed deed, Map<String, Object> values, boolean unclear) {
        return conditions.stream().map(condition -> condition.test(values, deed.bulk())).allMatch(outcome ->
                outcome == Outcome.YES || unclear && outcome == Outcome.UNCLEAR);
    }
}
