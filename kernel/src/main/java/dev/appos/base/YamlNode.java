package dev.appos.base;

import java.util.List;
import java.util.Map;

/// A value of a YAML file with its place, line and column both counted from 1.
public sealed interface YamlNode {

    int line();

    int column();

    /// A single value as it is written.
    record Scalar(String text, Kind kind, int line, int column) implements YamlNode {

        /// What the value is by its form.
        public enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NOTHING
        }
    }

    /// A list.
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {}

    /// Values by key.
    ///
    /// @param keys where each key stands
    record Mapping(Map<String, YamlNode> values, Map<String, Scalar> keys, int line, int column)
            implements YamlNode {}
}
