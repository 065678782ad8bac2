package dev.appos.govern;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.govern.Condition.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads a written policy from plain values, and reports every fault of it at once by JSON Pointer.
final class PolicyReader {

    /// Lists and texts longer than these are not read by anybody.
    private static final int ENTRIES_MAX = 500;

    private static final int LONGEST_TEXT = 1000;

    private static final List<String> KEYS = List.of(
            "name", "description", "default", "rules", "blocked_actions", "require_approval", "allowed_actions",
            "blocked_patterns");
    private static final List<String> RULE_KEYS = List.of("name", "verdict", "actions", "when", "reason");
    private static final List<String> OPS = Arrays.stream(Op.values()).map(Op::word).toList();
    private static final List<String> VERDICTS =
            Arrays.stream(Verdict.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

    private final List<Fault> faults = new ArrayList<>();

    private PolicyReader() {}

    /// The policy these values mean.
    ///
    /// @throws Refusal naming every fault
    static WrittenPolicy read(String name, int version, Map<String, ?> body) {
        PolicyReader reader = new PolicyReader();
        WrittenPolicy policy = reader.policy(name, version, body);
        if (!reader.faults.isEmpty()) {
            throw Refusal.invalid("The policy " + name, reader.faults);
        }
        return policy;
    }

    private WrittenPolicy policy(String name, int version, Map<String, ?> body) {
        keys("", body, KEYS);
        text("/description", body.get("description"));
        if (body.get("name") != null && !name.equals(body.get("name"))) {
            fault("/name", "different", "is not the name it is put under, " + name);
        }
        Verdict.Kind byDefault = body.containsKey("default")
                ? verdict("/default", body.get("default"), List.of("allow", "deny"))
                : Verdict.Kind.ALLOW;
        List<PolicyRule> rules = new ArrayList<>();
        List<?> written = list("/rules", body.get("rules"));
        for (int i = 0; i < written.size(); i++) {
            rules.add(rule("/rules/" + i, written.get(i)));
        }
        return new WrittenPolicy(
                name,
                version,
                byDefault,
                List.copyOf(rules),
                actions("/blocked_actions", body.get("blocked_actions")),
                actions("/require_approval", body.get("require_approval")),
                actions("/allowed_actions", body.get("allowed_actions")),
                patterns(body.get("blocked_patterns")));
    }

    private PolicyRule rule(String path, @Nullable Object written) {
        Map<?, ?> rule = object(path, written);
        keys(path, rule, RULE_KEYS);
        Verdict.Kind verdict = verdict(path + "/verdict", rule.get("verdict"), VERDICTS);
        List<String> actions = actions(path + "/actions", rule.get("actions"));
        if (actions.isEmpty()) {
            fault(path + "/actions", "required", "must name at least one action, such as crm.records.customer.update");
        }
        List<Condition> conditions = new ArrayList<>();
        object(path + "/when", rule.get("when")).forEach((argument, tests) -> {
            String at = path + "/when/" + pointer(String.valueOf(argument));
            if (String.valueOf(argument).isBlank()) {
                fault(at, "required", "must name an argument");
            } else if (!(tests instanceof Map<?, ?> map) || map.isEmpty()) {
                fault(at, "type", "must be a test such as {\"gt\": 100}");
            } else {
                map.forEach((op, operand) -> condition(at, String.valueOf(argument), String.valueOf(op), operand)
                        .ifPresent(conditions::add));
            }
        });
        String name = text(path + "/name", rule.get("name"));
        String place = path.substring(1);
        String reason = text(path + "/reason", rule.get("reason"));
        return new PolicyRule(name.isEmpty() ? place : name, verdict, actions, List.copyOf(conditions), reason);
    }

    private Optional<Condition> condition(String at, String argument, String word, @Nullable Object operand) {
        Optional<Op> op = Arrays.stream(Op.values()).filter(each -> each.word().equals(word)).findFirst();
        String path = at + "/" + pointer(word);
        if (op.isEmpty()) {
            fault(path, "unknown", "is not a test. " + Nearest.remedy(word, OPS));
            return Optional.empty();
        }
        String wanted = switch (op.get()) {
            case IN -> operand instanceof List<?> list && list.size() <= ENTRIES_MAX ? "" : "a list";
            case EXISTS -> operand instanceof Boolean ? "" : "true or false";
            case MATCHES -> operand instanceof String glob && glob.length() <= LONGEST_TEXT ? "" : "a text with *";
            case EQ, NE, CONTAINS -> scalar(operand) ? "" : "a text, a number, true or false";
            case GT, GTE, LT, LTE -> operand instanceof Number || operand instanceof String ? "" : "a number or a text";
        };
        if (!wanted.isEmpty() || operand == null) {
            fault(path, "type", "must be " + wanted);
            return Optional.empty();
        }
        List<?> compared = operand instanceof List<?> list ? list : List.of(operand);
        if (!compared.stream().allMatch(Condition::bounded)) {
            fault(path, "range", "must not have so many digits");
            return Optional.empty();
        }
        return Optional.of(new Condition(argument, op.get(), operand));
    }

    private List<BlockedPattern> patterns(@Nullable Object written) {
        List<BlockedPattern> patterns = new ArrayList<>();
        List<?> list = list("/blocked_patterns", written);
        for (int i = 0; i < list.size(); i++) {
            String path = "/blocked_patterns/" + i;
            pattern(path, list.get(i)).ifPresent(patterns::add);
        }
        return List.copyOf(patterns);
    }

    private Optional<BlockedPattern> pattern(String path, @Nullable Object written) {
        if (written instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT) {
            return Optional.of(new BlockedPattern.Part(text));
        }
        if (!(written instanceof Map<?, ?> map) || map.size() != 1) {
            fault(path, "type", "must be a text, {\"regex\": …} or {\"glob\": …}");
            return Optional.empty();
        }
        keys(path, map, List.of("regex", "glob"));
        Object value = map.values().iterator().next();
        if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST_TEXT) {
            fault(path, "type", "must be a text of at most " + LONGEST_TEXT + " characters");
            return Optional.empty();
        }
        if (map.containsKey("glob")) {
            return Optional.of(new BlockedPattern.Wildcard(text));
        }
        try {
            Pattern compiled = Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return Optional.of(new BlockedPattern.Expression(text, compiled));
        } catch (PatternSyntaxException e) {
            fault(path + "/regex", "form", "is not a regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private List<String> actions(String path, @Nullable Object written) {
        List<String> actions = new ArrayList<>();
        List<?> list = list(path, written);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT) {
                actions.add(text);
            } else {
                fault(path + "/" + i, "type", "must be an action such as crm.records.customer.update or *.delete");
            }
        }
        return List.copyOf(actions);
    }

    private Verdict.Kind verdict(String path, @Nullable Object written, List<String> known) {
        if (written instanceof String word && known.contains(word)) {
            return Verdict.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        }
        String nearest = written instanceof String word ? Nearest.remedy(word, known) : "";
        fault(path, written == null ? "required" : "unknown",
                ("must be one of " + String.join(", ", known) + ". " + nearest).strip());
        return Verdict.Kind.DENY;
    }

    private String text(String path, @Nullable Object written) {
        if (written == null) {
            return "";
        }
        if (!(written instanceof String text) || text.length() > LONGEST_TEXT) {
            fault(path, "type", "must be a text of at most " + LONGEST_TEXT + " characters");
            return "";
        }
        return text;
    }

    private List<?> list(String path, @Nullable Object written) {
        if (written == null) {
            return List.of();
        }
        if (!(written instanceof List<?> list) || list.size() > ENTRIES_MAX) {
            fault(path, "type", "must be a list of at most " + ENTRIES_MAX);
            return List.of();
        }
        return list;
    }

    private Map<?, ?> object(String path, @Nullable Object written) {
        if (written == null && path.endsWith("/when")) {
            return Map.of();
        }
        if (!(written instanceof Map<?, ?> map)) {
            fault(path, "type", "must be an object");
            return Map.of();
        }
        return map;
    }

    private void keys(String path, Map<?, ?> map, Collection<String> known) {
        map.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !known.contains(key))
                .forEach(key -> fault(
                        path + "/" + pointer(key), "unknown", "is not known here. " + Nearest.remedy(key, known)));
    }

    private static boolean scalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String pointer(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private void fault(String path, String code, String message) {
        faults.add(new Fault(path, code, message));
    }
}
