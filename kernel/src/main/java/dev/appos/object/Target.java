package dev.appos.object;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;

/// Where a reference leads.
///
/// @param record   the record type
/// @param embed    the name under which the other record is embedded: `support_rep` for the column `support_rep_id`
/// @param onDelete what happens to the referring record when the other is deleted
public record Target(Ref record, String embed, ReferentialAction onDelete) {}
