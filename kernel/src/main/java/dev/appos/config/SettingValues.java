package dev.appos.config;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The value of every key of `appos.yaml` at one moment. Immutable.
public final class SettingValues {

    /// What holds when nothing is said.
    public static final SettingValues DEFAULT = new SettingValues(Map.of());

    private final Map<String, Setting> byPath = new LinkedHashMap<>();

    /// @param said the settings that are not the default, by path
    SettingValues(Map<String, Setting> said) {
        PlatformKeys.TABLE.keys().forEach(key ->
                byPath.put(key.path(), said.getOrDefault(key.path(), Setting.usual(key))));
    }

    /// In the order of the keys.
    Collection<Setting> all() {
        return byPath.values();
    }

    /// A setting by the path of its key.
    public Setting get(String path) {
        Setting setting = byPath.get(path);
        if (setting == null) {
            throw new IllegalArgumentException("there is no key " + path);
        }
        return setting;
    }

    /// Whether somebody said anything about it.
    public boolean said(String path) {
        return get(path).origin() != Origin.DEFAULT;
    }

    /// A text that may be empty.
    public String text(String path) {
        return get(path).value().toString();
    }

    /// A text, if it is not empty.
    public Optional<String> optional(String path) {
        return Optional.of(text(path)).filter(text -> !text.isEmpty());
    }

    public int number(String path) {
        return ((Long) get(path).value()).intValue();
    }

    public boolean flag(String path) {
        return (Boolean) get(path).value();
    }

    /// A length that is written in seconds.
    public Duration seconds(String path) {
        return Duration.ofSeconds(number(path));
    }

    /// Which environment this is.
    public Environment environment() {
        return Environment.of(text("platform.environment")).orElseThrow();
    }
}
