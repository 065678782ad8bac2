package dev.appos.insight;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told about one object's place among the others, the same in files and answers.
final class Facts {

    private Facts() {}

    /// `direct_dependencies, full_dependency_tree, dependents, cycles, metrics, last_modified, source_hash`.
    static Map<String, @Nullable Object> of(
            Graph graph, String ref, String hash, Optional<Instant> modified, Optional<Map<String, Object>> metrics) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("direct_dependencies", graph.dependencies(ref));
        facts.put("full_dependency_tree", graph.tree(ref));
        facts.put("dependents", graph.dependents(ref));
        facts.put("cycles", graph.cycles(ref));
        facts.put("metrics", metrics.orElse(null));
        facts.put("last_modified", modified.orElse(null));
        facts.put("source_hash", hash);
        return facts;
    }
}
