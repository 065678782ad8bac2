package dev.appos.boot;

import dev.appos.config.Finding;
import dev.appos.config.LiveSettings;
import dev.appos.registry.Problem;
import dev.appos.registry.Registry;
import dev.appos.store.Database;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Takes up what is saved in `appos.yaml` and what administrators say instead, and shows a file that cannot be taken
/// where the faults of sources are shown.
final class SettingsWatch {

    private static final String LEVEL = "logging.level";

    private final LiveSettings settings;
    private final Database database;
    private final Registry registry;
    private final JsonLog log;
    private final Clock clock;
    private String level;

    SettingsWatch(LiveSettings settings, Database database, Registry registry, JsonLog log, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.registry = registry;
        this.log = log;
        this.clock = clock;
        this.level = settings.current().text(LEVEL);
    }

    /// Looks once.
    void look() {
        if (!settings.look(database)) {
            return;
        }
        List<Finding> faults = Finding.faults(settings.findings());
        registry.keepSettings(faults.stream().map(SettingsWatch::problem).toList());
        String said = settings.current().text(LEVEL);
        if (!said.equals(level)) {
            level = said;
            log.level(Level.valueOf(said));
        }
        boolean live = faults.isEmpty();
        log.system(
                live ? Level.INFO : Level.WARNING, clock.instant(), live ? "settings_live" : "settings_kept",
                Map.of("problems", faults.stream().map(Finding::headline).toList()));
    }

    private static Problem problem(Finding finding) {
        return new Problem(
                finding.file(), Math.max(1, finding.line()), Math.max(1, finding.column()), finding.message(),
                finding.remedy());
    }
}
