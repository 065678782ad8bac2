package dev.appos.object;

import dev.appos.base.Ref;

/// A folder of documents: `crm.folders.contracts`. Permissions on it are permissions on the documents in it.
///
/// @param rules what it takes and how long it keeps it
public record FolderDefinition(Ref ref, String description, FolderRules rules, Access access, Source source)
        implements Definition {}
