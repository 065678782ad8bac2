package dev.appos.object;

import java.util.Optional;

/// What holds of all records of a type.
///
/// @param audit       whether changes are kept field by field
/// @param auditReads  whether it is kept who saw which record
/// @param softDelete  whether a deleted record can be brought back
/// @param trashDays   how long it can, in days
/// @param attachments whether files can be attached to a record
/// @param live        whether changes are told to those who follow
/// @param renamedFrom the record type's name before, in snake case, if the author says so
public record RecordTraits(
        boolean audit,
        boolean auditReads,
        boolean softDelete,
        int trashDays,
        boolean attachments,
        boolean live,
        Optional<String> renamedFrom) {

    /// How long deleted records are kept unless something else is said.
    public static final int TRASH_DAYS = 30;

    /// None of it.
    public static final RecordTraits NONE =
            new RecordTraits(false, false, false, TRASH_DAYS, false, false, Optional.empty());

    /// The same, and changes are kept.
    public RecordTraits audited() {
        return new RecordTraits(true, auditReads, softDelete, trashDays, attachments, live, renamedFrom);
    }
}
