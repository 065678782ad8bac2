package dev.appos.object;

import dev.appos.base.Refusal.Fault;
import java.util.List;

/// What became of rows of a file.
///
/// @param created how many records are new
/// @param updated how many were changed
/// @param ignored how many rows changed nothing, because their records were there or as the rows say
/// @param faults  of the other rows, each under the place of its row: `/3/email`
public record Imported(int created, int updated, int ignored, List<Fault> faults) {

    public Imported {
        faults = List.copyOf(faults);
    }
}
