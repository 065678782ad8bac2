package dev.appos.object;

import java.util.List;
import java.util.Set;

/// By what the records of a type are told apart and found.
///
/// @param unique   sets of columns that are unique together
/// @param indexes  sets of columns that are often searched by, in the order of their use
/// @param together sets of columns of which all have a value or none: an amount and its currency
public record RecordKeys(
        List<List<String>> unique, List<List<String>> indexes, List<List<String>> together) {

    /// Nothing but the id.
    public static final RecordKeys NONE = new RecordKeys(List.of(), List.of(), List.of());

    public RecordKeys {
        unique = unique.stream().map(List::copyOf).toList();
        indexes = indexes.stream().map(List::copyOf).toList();
        together = together.stream().map(List::copyOf).toList();
    }

    /// Those in which none of these columns has a part.
    RecordKeys without(Set<String> hidden) {
        return new RecordKeys(without(unique, hidden), without(indexes, hidden), without(together, hidden));
    }

    private static List<List<String>> without(List<List<String>> sets, Set<String> hidden) {
        return sets.stream().filter(columns -> columns.stream().noneMatch(hidden::contains)).toList();
    }
}
