package dev.appos.govern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A policy that people wrote.
///
/// Everything in it that concerns a deed speaks, and the strictest counts; the default speaks only if nothing else
/// does.
///
/// @param byDefault allow or deny
/// @param blocked   actions that are denied
/// @param approval  actions that a person must approve
/// @param allowed   the only actions there are, unless empty
/// @param patterns  texts that are denied in any argument
record WrittenPolicy(
        String title,
        int version,
        Verdict.Kind byDefault,
        List<PolicyRule> rules,
        List<String> blocked,
        List<String> approval,
        List<String> allowed,
        List<BlockedPattern> patterns)
        implements Policy {

    @Override
    public Verdict judge(Deed deed) {
        List<Verdict> said = new ArrayList<>();
        listed(blocked, deed).ifPresent(action -> said.add(verdict(
                Verdict.Kind.DENY, "blocked_actions", "policy " + title + " blocks " + action)));
        if (!allowed.isEmpty()) {
            said.add(listed(allowed, deed).isPresent()
                    ? verdict(Verdict.Kind.ALLOW, "allowed_actions", "policy " + title + " allows it")
                    : verdict(Verdict.Kind.DENY, "allowed_actions", "policy " + title + " allows other actions only"));
        }
        pattern(deed).ifPresent(pattern -> said.add(verdict(
                Verdict.Kind.DENY,
                "blocked_patterns",
                "policy " + title + " blocks the text " + pattern.written() + " in arguments")));
        listed(approval, deed).ifPresent(action -> said.add(verdict(
                Verdict.Kind.ASK, "require_approval", "policy " + title + " wants a person to approve " + action)));
        rules.stream().filter(rule -> rule.fits(deed)).forEach(rule -> said.add(verdict(
                rule.verdict(), rule.name(), rule.reason().isEmpty() ? plain(rule) : rule.reason())));
        return said.stream()
                .max(Comparator.comparing(Verdict::kind))
                .orElseGet(() -> verdict(byDefault, "default", "policy " + title + " says nothing else about it"));
    }

    private String plain(PolicyRule rule) {
        return "rule " + rule.name() + " of policy " + title;
    }

    private Verdict verdict(Verdict.Kind kind, String rule, String reason) {
        return new Verdict(kind, title, version, rule, reason);
    }

    private static Optional<String> listed(List<String> actions, Deed deed) {
        return actions.stream().filter(action -> Glob.action(action, deed.action())).findFirst();
    }

    private Optional<BlockedPattern> pattern(Deed deed) {
        if (patterns.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = Texts.of(deed.values());
        return patterns.stream().filter(pattern -> texts.stream().anyMatch(pattern::occursIn)).findFirst();
    }
}
