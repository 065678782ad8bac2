package dev.appos.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The answer to a list.
///
/// @param rows  by column
/// @param total how many there are in all, where that was asked
/// @param next  the cursor of the next page, where cursors were asked for and more may follow
public record Page(List<Map<String, Object>> rows, OptionalLong total, Optional<String> next) {

    /// A page without a cursor.
    public Page(List<Map<String, Object>> rows, OptionalLong total) {
        this(rows, total, Optional.empty());
    }
}
