package dev.appos.object;

import java.util.List;
import java.util.Set;

/// By what the records of a type are told apart and found.
///
/// @param unique  sets of columns that are unique together
/// @param indexes sets of columns that are often searched by, in the order of their use
public record RecordKeys(List<List<String>> unique, List<List<String>> indexes) {

    /// Nothing but the id.
    public static final RecordKeys NONE = new RecordKeys(List.of(), List.of());

    public RecordKeys {
        unique = unique.stream().map(List::copyOf).toList();
        indexes = indexes.stream().map(List::copyOf).toList();
    }

    /// Those in which none of these columns has a part.
    RecordKeys without(Set<String> hidden) {
        return new RecordKeys(
                unique.stream().filter(columns -> columns.stream().noneMatch(hidden::contains)).toList(),
                indexes.stream().filter(columns -> columns.stream().noneMatch(hidden::contains)).toList());
    }
}
