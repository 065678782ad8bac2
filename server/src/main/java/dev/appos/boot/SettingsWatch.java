package dev.appos.boot;

import dev.appos.trace.JsonLog;
import dev.appos.config.Finding;
import dev.appos.config.LiveSettings;
import dev.appos.registry.Problem;
import dev.appos.registry.Registry;
import dev.appos.store.Database;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes up what is saved in `appos.yaml` and what administrators say instead, and shows a file that cannot be taken
/// where the faults of sources are shown.
final class SettingsWatch {

    private final LiveSettings settings;
    private final Database database;
    private final Registry registry;
    private final JsonLog log;
    private final Clock clock;

    SettingsWatch(LiveSettings settings, Database database, Registry registry, JsonLog log, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.registry = registry;
        this.log = log;
        this.clock = clock;
    }

    /// Looks once.
    void look() {
        if (!settings.look(database)) {
            return;
        }
        List<Finding> faults = Finding.faults(settings.findings());
        registry.keepSettings(faults.stream().map(SettingsWatch::problem).toList());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("level", faults.isEmpty() ? "INFO" : "WARNING");
        line.put("event", faults.isEmpty() ? "settings_live" : "settings_kept");
        line.put("problems", faults.stream().map(Finding::headline).toList());
        log.add("system", JsonLog.Category.EXECUTION, clock.instant(), line);
    }

    private static Problem problem(Finding finding) {
        return new Problem(
                finding.file(), Math.max(1, finding.line()), Math.max(1, finding.column()), finding.message(),
                finding.remedy());
    }
}
