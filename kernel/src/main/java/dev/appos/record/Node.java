package dev.appos.record;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A record in a statement in the making: its table, and what is named of it in the answer.
///
/// @param outputs what stands in the answer, by name
/// @param joined  the records embedded in it that are joined, by name
/// @param path    what leads to it, with a dot at the end; empty for the record that is asked for
/// @param depth   how many records lead to it
record Node(
        RecordTable table, String alias, Map<String, Part> parts, Map<String, Operand> outputs,
        Map<String, Node> joined, String path, int depth) {

    /// The record that is asked for.
    Node(RecordTable table) {
        this(table, RecordTable.ALIAS, new LinkedHashMap<>(), new HashMap<>(), new HashMap<>(), "", 0);
    }

    /// A record embedded in this one.
    ///
    /// @param parts where what is named of it goes
    Node embedded(RecordTable target, String alias, Map<String, Part> parts, String name) {
        return new Node(
                target, alias, parts, new HashMap<>(), new HashMap<>(), path + name + ".", depth + 1);
    }

    /// How a message points to something of it.
    String pointer(String name) {
        return Faults.pointer(path + name);
    }
}
