package dev.appos.web;

import dev.appos.base.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Bodies in YAML.
final class Yaml {

    private static final YAMLMapper MAPPER = YAMLMapper.builder().build();

    private Yaml() {}

    /// Reads one document as plain values.
    ///
    /// @throws Refusal naming line and column
    static Object read(byte[] body) {
        try {
            Object value = MAPPER.readValue(body, Object.class);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
            throw Refusal.malformed("The body is not YAML" + where + ".", "Send one YAML document in UTF-8.");
        }
        throw Refusal.malformed("The body is empty.", "Send one YAML document.");
    }
}
