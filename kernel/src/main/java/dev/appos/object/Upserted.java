package dev.appos.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of records that were sent to be added or, where they were there already, changed. In the order in which
/// they were sent.
///
/// @param rows  the records as they are now; null for one that was there and was left alone
/// @param added whether the record was not there before
public record Upserted(List<@Nullable Map<String, Object>> rows, List<Boolean> added) {

    public Upserted {
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
        added = List.copyOf(added);
    }

    /// The records that were added or changed.
    public List<Map<String, Object>> written() {
        return rows.stream().filter(Objects::nonNull).toList();
    }
}
