package dev.appos.object;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import java.util.Optional;

/// Records of another type that belong to one of this type, seen from this side.
///
/// @param name     under which they are embedded: `invoices`
/// @param accessor the same as an author writes it: `invoices`
/// @param kind     how many there are, and where that is kept
/// @param record   the other record type
/// @param column   the column that leads here: of the other record's table, or of the table of links
/// @param links    the table of links, present exactly for many to many
public record Relation(
        String name, String accessor, Kind kind, Ref record, String column, Optional<Links> links) {

    /// How many there are, and where that is kept.
    public enum Kind {
        /// Any number; the other record has the reference.
        HAS_MANY,
        /// At most one; the other record has the reference, which is unique.
        HAS_ONE,
        /// Any number on both sides; a table of links has two references.
        MANY_TO_MANY
    }

    /// A table that has a row for each pair of linked records, and nothing else.
    ///
    /// @param app   whose schema it is in
    /// @param table its name
    /// @param other the column that leads to the other record
    /// @param owned    whether this side declared it and may write it
    /// @param onDelete what happens to a link when the record of the side that did not declare it is deleted
    public record Links(String app, String table, String other, boolean owned, ReferentialAction onDelete) {}
}
