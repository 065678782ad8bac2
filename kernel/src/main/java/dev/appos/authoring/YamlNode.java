package dev.appos.authoring;

import java.util.List;
import java.util.Map;

/// A value of a YAML file with its place, both counted from 1.
sealed interface YamlNode {

    int line();

    int column();

    /// A single value as it is written.
    record Scalar(String text, Kind kind, int line, int column) implements YamlNode {

        enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NOTHING
        }
    }

    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {}

    /// @param keys where each key stands
    record Mapping(Map<String, YamlNode> values, Map<String, Scalar> keys, int line, int column)
            implements YamlNode {}
}
