package dev.appos.config;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.config.SettingsReader.Reading;
import dev.appos.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/// The settings while the server runs: keys that act at once follow the files and the administrators, the others stay
/// as they were at the start. A file with a fault changes nothing and is told. Thread-safe.
public final class LiveSettings {

    private static final int LONGEST_VALUE = 2_000;

    private final SettingsReader reader;
    private final SettingValues started;
    private Map<String, String> files;
    private Map<String, String> good;
    private boolean emptied;
    private Map<String, AdminValue> overrides = Map.of();
    private volatile SettingValues written;
    private volatile SettingValues current;
    private volatile List<Finding> findings = List.of();

    /// Begins with what the files say now.
    ///
    /// @throws Refusal if they have a fault
    public LiveSettings(SettingsReader reader) {
        this.reader = reader;
        this.files = reader.files();
        this.good = files;
        Reading reading = reader.read(files, Optional.empty(), Map.of());
        this.started = reading.orRefuse();
        this.written = started;
        this.current = started;
        this.findings = reading.findings();
    }

    /// What holds now.
    public SettingValues current() {
        return current;
    }

    /// What is wrong with the files or worth knowing, as they are now.
    public List<Finding> findings() {
        return findings;
    }

    /// Looks at files and overrides; answers whether anything that was read is new.
    public synchronized boolean look(Database database) {
        Map<String, String> now;
        try {
            now = reader.files();
        } catch (Refusal refusal) {
            Finding finding = new Finding(
                    SettingsReader.FILE, 0, 0, false, String.valueOf(refusal.getMessage()), refusal.remedy());
            boolean told = findings.contains(finding);
            findings = List.of(finding);
            return !told;
        }
        Map<String, AdminValue> said = database.read(Overrides::read);
        if (now.equals(files) && said.equals(overrides) && !unreadable() || justEmptied(now)) {
            return false;
        }
        files = now;
        overrides = said;
        Reading reading = read(now, said);
        findings = reading.findings();
        if (Finding.faults(findings).isEmpty()) {
            good = now;
        } else {
            // Administrators are heard, whatever is wrong with the files by now.
            reading = read(good, said);
        }
        written = reading.values();
        current = merged();
        return true;
    }

    private Reading read(Map<String, String> texts, Map<String, AdminValue> said) {
        return reader.read(texts, Optional.of(started.environment()), said);
    }

    /// Most editors empty a file before they write it: that one says nothing counts when it is seen twice.
    private boolean justEmptied(Map<String, String> now) {
        boolean before = emptied;
        emptied = now.entrySet().stream().anyMatch(file ->
                file.getValue().isEmpty() && !files.getOrDefault(file.getKey(), "").isEmpty());
        return emptied && !before;
    }

    private boolean unreadable() {
        return findings.stream().anyMatch(finding -> finding.line() == 0 && finding.file().equals(SettingsReader.FILE)
                && !finding.warning());
    }

    private SettingValues merged() {
        Map<String, Setting> said = new LinkedHashMap<>();
        started.all().forEach(setting -> said.put(setting.key().path(),
                setting.key().effect() == Effect.LIVE ? written.get(setting.key().path()) : setting));
        return new SettingValues(said);
    }

    /// Every setting for administrators, JSON-like and without secrets.
    public List<Map<String, Object>> described() {
        SettingValues after = written;
        return current.all().stream().map(setting -> setting.described(after.get(setting.key().path()))).toList();
    }

    /// One setting for administrators.
    ///
    /// @throws Refusal if there is no such key
    public Map<String, Object> described(String path) {
        Key key = known(path);
        return current.get(key.path()).described(written.get(key.path()));
    }

    /// Says something instead of the files; to be followed by [#look(Database)] once it is committed.
    ///
    /// @throws Refusal if there is no such key, if it does not act at once, or if the value does not fit
    public void override(DSLContext sql, String path, AdminValue override, Instant at) {
        Key key = live(path);
        if (override.value().length() > LONGEST_VALUE) {
            throw Refusal.tooLarge("The value has more than " + LONGEST_VALUE + " characters.", "Write less.");
        }
        Scalars.of(key, override.value(), (message, remedy) -> {
            throw Refusal.invalid("The setting", "/value", "form", message + ". " + remedy);
        });
        Overrides.put(sql, key, override, at);
    }

    /// Lets the files speak again.
    ///
    /// @throws Refusal if nothing was said instead of them
    public void reset(DSLContext sql, String path) {
        Key key = live(path);
        if (!Overrides.delete(sql, key)) {
            throw Refusal.notFound("override of " + key.path());
        }
    }

    private Key live(String path) {
        Key key = known(path);
        if (key.effect() != Effect.LIVE) {
            String remedy = key.effect() == Effect.START
                    ? "Write it into appos.yaml and start the server anew."
                    : "Nothing follows from it.";
            throw Refusal.conflict(key.path() + " cannot be changed while the server runs.", remedy);
        }
        return key;
    }

    private static Key known(String path) {
        List<String> paths = PlatformKeys.TABLE.keys().stream().map(Key::path).toList();
        return PlatformKeys.TABLE.find(path).orElseThrow(() -> Refusal.malformed(
                "There is no key " + Scalars.quote(path) + ".",
                Nearest.of(Scalars.quote(path), paths).map(near -> "Did you mean " + near + "?")
                        .orElse("GET /api/admin/settings lists them.")));
    }
}
