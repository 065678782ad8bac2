package dev.appos.object;

import java.util.List;

/// What a person calls a record and looks for.
///
/// @param display the columns that name a record to a person, in order; at least one unless there is no field
/// @param search  the text columns a search looks into
public record RecordLabels(List<String> display, List<String> search) {

    public RecordLabels {
        display = List.copyOf(display);
        search = List.copyOf(search);
    }
}
