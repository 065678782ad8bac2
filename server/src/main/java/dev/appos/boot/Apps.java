package dev.appos.boot;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.AppWatcher;
import dev.appos.authoring.Compilation;
import dev.appos.base.Refusal;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.record.AppSchema;
import dev.appos.record.LiveTables;
import dev.appos.record.Plan;
import dev.appos.registry.Problem;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Brings sources to life: compiled, the database made to fit, swapped in. When any of that cannot be done, what is
/// live stays live and the faults are kept for people to see.
final class Apps {

    private final Settings settings;
    private final Database database;
    private final AppSchema schema;
    private final Registry registry;
    private final List<PlatformDefinition> platform;
    private final Consumer<Snapshot> beforeLive;
    private final JsonLog log;
    private final Clock clock;

    /// @param platform   what the platform itself offers, added to every snapshot
    /// @param beforeLive what must be done for a snapshot before the first call sees it
    Apps(
            Settings settings, Database database, AppSchema schema, Registry registry,
            List<PlatformDefinition> platform, Consumer<Snapshot> beforeLive, JsonLog log, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.schema = schema;
        this.registry = registry;
        this.platform = platform;
        this.beforeLive = beforeLive;
        this.log = log;
        this.clock = clock;
    }

    /// Makes a compilation live, or keeps what is.
    synchronized void take(Compilation compilation) {
        switch (compilation) {
            case Compilation.Success success -> live(success.snapshot());
            case Compilation.Failure failure -> keep(failure.problems());
        }
    }

    /// Follows the folder from its start on.
    AppWatcher watch(AppCompiler compiler) {
        return new AppWatcher(settings.apps(), compiler, this::take);
    }

    private void live(Snapshot next) {
        try {
            // A change of bodies leaves every table as it is, and costs no look at the database.
            if (!records(next).equals(records(registry.current()))) {
                Plan plan = schema.apply(database, next);
                if (plan.refused()) {
                    keep(plan.problems());
                    return;
                }
                LiveTables.apply(database, next);
            }
            beforeLive.accept(next);
        } catch (Refusal refusal) {
            keep(List.of(new Problem("apps", 1, 1, String.valueOf(refusal.getMessage()), refusal.remedy())));
            return;
        }
        registry.swap(next.with(platform));
        note(Level.INFO, "apps_live", Map.of("objects", next.definitions().size()));
    }

    private void keep(List<Problem> problems) {
        registry.keep(problems);
        note(Level.WARNING, "apps_kept", Map.of("problems", problems.stream().map(Problem::toString).toList()));
    }

    private static List<RecordDefinition> records(Snapshot snapshot) {
        return snapshot.ofKind(RecordDefinition.class);
    }

    private void note(Level level, String event, Map<String, Object> fields) {
        log.system(level, clock.instant(), event, fields);
    }
}
