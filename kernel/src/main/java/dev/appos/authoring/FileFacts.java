package dev.appos.authoring;

import dev.appos.object.Definition;
import dev.appos.object.RecordEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the analysis learnt from one file. Plain data: it outlives the compiler's trees and is kept while only other
/// files change.
///
/// @param units       the code by key
/// @param objects     the keys of the units that belong to an object, by its reference
/// @param overrides   the units that may run when a unit is called
/// @param definitions the file's objects, without what only the whole can tell
/// @param groups      where groups are named
/// @param filters     the keys of the row filters
/// @param listeners   the rules and processes that hear of records
record FileFacts(
        Map<String, CodeUnit> units,
        Map<String, Set<String>> objects,
        Map<String, Set<String>> overrides,
        List<Definition> definitions,
        List<GroupUse> groups,
        Set<String> filters,
        List<Listener> listeners) {

    /// Something that wants to hear of the records of a type.
    ///
    /// @param record the reference of the record type
    record Listener(String record, RecordEvent event, String file, int line) {}

    /// A group that is named in an annotation.
    record GroupUse(String group, String file, int line, int column) {}
}
