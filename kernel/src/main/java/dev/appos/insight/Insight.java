package dev.appos.insight;

import dev.appos.base.Ids;
import dev.appos.dispatch.PlatformRule;
import dev.appos.registry.Registry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// What the platform offers on itself: objects and who depends on whom, health, and answers to questions.
public final class Insight {

    private final Registry registry;
    private final Graphs graphs;
    private final Health health;
    private final Metrics metrics;
    private final Clock clock;

    /// @param metrics how calls fare, for those who may know
    public Insight(Registry registry, Health health, Metrics metrics, Ids ids, Clock clock) {
        this.registry = registry;
        this.graphs = new Graphs(registry, ids, clock);
        this.health = health;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Every rule, for a [dev.appos.dispatch.PlatformEngine].
    public List<PlatformRule> all() {
        return Stream.of(new ObjectRules(this).all(), new HealthRules(health).all(), new Ask(this, clock).all())
                .flatMap(List::stream)
                .toList();
    }

    Registry registry() {
        return registry;
    }

    Graphs graphs() {
        return graphs;
    }

    Health health() {
        return health;
    }

    Metrics metrics() {
        return metrics;
    }
}
