package dev.appos.data;

import dev.appos.base.Ref;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.ImportHandling;
import dev.appos.object.Imported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of a file that are dealt with in one transaction.
///
/// @param from   the place of the first in the file
/// @param to     the place behind the last
/// @param rows   what can be made of those that can be understood
/// @param places where each of them stands, and what
/// @param faults of the others
record Part(
        Job job,
        Ref record,
        long from,
        long to,
        List<Map<String, @Nullable Object>> rows,
        List<Placed> places,
        List<RowFault> faults,
        Mapping mapping,
        ImportHandling handling) {

    /// A row and its place in the file.
    record Placed(long place, FileRow row) {}

    /// All faults, once it is known what became of the rows that could be understood.
    List<RowFault> faults(Imported imported) {
        List<RowFault> all = new ArrayList<>(faults);
        for (Fault fault : imported.faults()) {
            String[] path = fault.path().split("/", 3);
            Placed placed = places.get(Integer.parseInt(path[1]));
            String column = path.length > 2 ? path[2] : "";
            Fault named = new Fault("/" + mapping.nameOf(column), fault.code(), fault.message());
            all.add(RowFault.of(placed.place(), placed.row(), named));
        }
        return all;
    }
}
