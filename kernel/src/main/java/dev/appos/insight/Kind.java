package dev.appos.insight;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be asked, each with the beginnings of words that mean it and an example.
enum Kind {
    IMPACT_ANALYSIS(
            "What would I touch by changing customer?",
            "impact", "affect", "break", "touch", "if i change", "if we change", "changing", "rename", "renaming",
            "delet", "remov", "drop", "safe to", "who uses", "what uses", "used by", "depends on",
            "happens if"),
    DEPENDENCY_GRAPH(
            "What does onboard_customer depend on?",
            "dependenc", "depend", "uses", "use", "need", "require", "call", "graph", "circle", "cycle", "read",
            "write"),
    SECURITY_VIOLATIONS(
            "What was refused today?",
            "violat", "security", "denied", "deni", "deny", "refus", "forbid", "unauthor", "blocked", "attack",
            "not allowed", "permission"),
    PERFORMANCE_ANALYSIS(
            "Why is onboard_customer slow?",
            "slow", "fast", "performance", "bottleneck", "latenc", "p95", "average", "how long", "duration", "takes",
            "took", "time out", "speed"),
    CHANGE_REPORT(
            "What changed since yesterday?",
            "changed", "changes", "modified", "modification", "new objects", "added", "what is new", "report",
            "deployed"),
    RUNTIME_STATUS(
            "Is everything healthy?",
            "status", "health", "running", "alive", "uptime", "version", "is everything", "all right", "problem",
            "faults", "ready", "down", "disk", "database", "ok", "well", "fine"),
    UNKNOWN("");

    private final String example;
    private final List<String> beginnings;

    Kind(String example, String... beginnings) {
        this.example = example;
        this.beginnings = List.of(beginnings);
    }

    String example() {
        return example;
    }

    /// The word in requests and answers: `impact_analysis`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How much of a text speaks for it: longer beginnings count more, as they say more.
    int weight(String text) {
        String spaced = " " + text;
        return beginnings.stream()
                .filter(beginning -> spaced.contains(" " + beginning))
                .mapToInt(String::length)
                .sum();
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// Everything that can be asked.
    static List<Kind> askable() {
        return Arrays.stream(values()).filter(kind -> kind != UNKNOWN).toList();
    }
}
