package dev.appos.object;

import java.util.List;
import java.util.OptionalInt;

/// What a folder takes, and how long it keeps it.
///
/// @param documentTypes the media types it takes: `application/pdf`, `image/*`, `*/*`
/// @param maxBytes      what all versions of all its documents may take together
/// @param cleanupDays   days after its last change at which a document is cleaned up
/// @param archiveFirst  whether clean-up archives first, and removes what has been archived for as long again
public record FolderRules(List<String> documentTypes, long maxBytes, OptionalInt cleanupDays, boolean archiveFirst) {

    /// What is attached to records: of any type, without a limit of its own, kept as long as the record.
    public static final FolderRules ATTACHMENTS =
            new FolderRules(List.of("*/*"), Long.MAX_VALUE, OptionalInt.empty(), true);

    public FolderRules {
        documentTypes = List.copyOf(documentTypes);
    }

    /// Whether content of this media type may be kept.
    public boolean takes(String mediaType) {
        return documentTypes.stream().anyMatch(pattern -> pattern.equals("*/*")
                || pattern.equals(mediaType)
                || pattern.endsWith("/*") && mediaType.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
