package dev.appos.config;

import java.util.LinkedHashMap;
import java.util.Map;

/// A key with the value it has.
///
/// @param value a text, a `Long`, a `Double` or a `Boolean`
/// @param where for people: `appos.yaml:3`, `APPOS_SERVER_PORT`, the name of an administrator; empty for a default
public record Setting(Key key, Object value, Origin origin, String where) {

    /// JSON-like, for administrators; no secret is among it.
    ///
    /// @param written what holds after the next start
    Map<String, Object> described(Setting written) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("key", key.path());
        answer.put("value", key.shown(value));
        answer.put("default", key.shown(key.usualValue()));
        answer.put("origin", origin.words());
        answer.put("where", where);
        answer.put("acts", key.effect().words());
        answer.put("means", key.means());
        if (!written.value().equals(value)) {
            answer.put("after_restart", key.shown(written.value()));
        }
        return answer;
    }

    static Setting usual(Key key) {
        return new Setting(key, key.usualValue(), Origin.DEFAULT, "");
    }
}
