package dev.appos.operations;

import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.yesOrNo;

import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Several calls of one caller as one: `platform.rules.transaction`. Each is decided as if it came alone; together they
/// happen or do not, and see one state of the data.
public final class TransactionRules {

    /// More belong into several transactions, or a rule.
    static final int MOST_OPERATIONS = 1000;

    /// The most rows that all operations bring together.
    static final int MOST_ROWS = 5000;

    private static final String DESCRIPTION = "Makes several calls as one: all of them happen, or none does. Each of "
            + "operations is {name?, object, action: create|upsert|update|delete|get|run|start, id?, version?, "
            + "values?, on_conflict?, resolution?}; {\"$ref\": \"name.id\"} in values or id stands for a part of what "
            + "an earlier operation answered.";

    public List<PlatformRule> all() {
        Parameter operations =
                new Parameter("operations", ValueType.LIST, Optional.of(ValueType.MAP), false, List.of());
        return List.of(PlatformRule.writes(
                        "transaction", DESCRIPTION, Permission.VIEW, List.of(operations, maybe(yesOrNo("atomic"))),
                        TransactionRules::run)
                .openToAgents()
                .composite());
    }

    private static Object run(Permit permit, Map<String, Object> inputs) {
        List<Step> steps = steps((List<?>) inputs.get("operations"));
        boolean atomic = (Boolean) inputs.getOrDefault("atomic", true);
        Earlier earlier = new Earlier();
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            try {
                Object answer = step.answer(carriedOut(permit, step.call(earlier), !atomic));
                if (!step.name().isEmpty()) {
                    earlier.keep(step.name(), answer);
                }
                results.add(done(step, answer));
            } catch (Refusal refusal) {
                if (atomic) {
                    throw refusal.at("/operations/" + i);
                }
                results.add(refused(step, refusal));
            }
        }
        return Map.of("results", results);
    }

    private static List<Step> steps(List<?> operations) {
        if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
            throw Refusal.invalid(
                    "The transaction", "/operations", "size", "must be 1 to " + MOST_OPERATIONS + " operations");
        }
        List<Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < operations.size(); i++) {
            try {
                Step step = Step.of(operations.get(i));
                if (!step.name().isEmpty() && !names.add(step.name())) {
                    throw Refusal.invalid("The operation", "/name", "twice", "names another operation already");
                }
                steps.add(step);
            } catch (Refusal refusal) {
                throw refusal.at("/operations/" + i);
            }
        }
        if (steps.stream().mapToInt(Step::rows).sum() > MOST_ROWS) {
            throw Refusal.tooLarge(
                    "More than " + MOST_ROWS + " records were sent in one transaction.", "Send them in several.");
        }
        return steps;
    }

    private static Map<String, @Nullable Object> done(Step step, @Nullable Object answer) {
        Map<String, @Nullable Object> result = begun(step, "done");
        result.put("answer", answer);
        return result;
    }

    private static Map<String, @Nullable Object> refused(Step step, Refusal refusal) {
        Map<String, @Nullable Object> result = begun(step, "refused");
        result.put("reason", refusal.reason().name().toLowerCase(Locale.ROOT));
        result.put("detail", refusal.getMessage());
        result.put("remedy", refusal.remedy());
        if (!refusal.faults().isEmpty()) {
            result.put("errors", Plain.of(refusal.faults()));
        }
        refusal.approval().ifPresent(approval -> result.put("approval", approval));
        return result;
    }

    private static Map<String, @Nullable Object> begun(Step step, String outcome) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (!step.name().isEmpty()) {
            result.put("name", step.name());
        }
        result.put("action", step.action().word());
        result.put("outcome", outcome);
        return result;
    }

    /// Faults of what an engine was given lie in the values.
    private static @Nullable Object carriedOut(Permit permit, Call call, boolean undone) {
        try {
            return permit.entrance(call, undone);
        } catch (Refusal refusal) {
            throw refusal.moved(path -> path.equals("/on_conflict") ? path : "/values" + path);
        }
    }
}
