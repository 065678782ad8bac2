package dev.appos.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// What can be asked of the documents in a folder, or of those attached to a record.
public sealed interface DocumentRequest {

    /// What is to be done, in the words of policies and permissions; what is attached to a record is a part of it.
    Action action();

    /// What was given with it; of content its digest, never the bytes.
    Map<String, Object> values();

    /// The folder itself: what it takes, whether it is open, how full it is. Answers a map.
    record AboutFolder() implements DocumentRequest {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("folder", true);
        }
    }

    /// Opens the folder, or closes it to new documents; takes the permission admin. Answers it as [AboutFolder].
    record OpenFolder(boolean open) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("folder", true, "is_active", open);
        }
    }

    /// A page of documents by id, the newest first. Answers a list of maps.
    ///
    /// @param archived whether the archived ones are meant, and no others
    /// @param name     a part of the name, empty for any
    /// @param tag      a tag they carry, empty for any
    /// @param after    the last id of the page before
    record ListDocuments(boolean archived, String name, String tag, int limit, Optional<UUID> after)
            implements DocumentRequest {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("archived", archived, "name", name, "tag", tag, "limit", limit);
        }
    }

    /// What is known of a document. Answers a map.
    record GetDocument(UUID id) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.GET;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("document", id.toString());
        }
    }

    /// The versions of a document, the newest first. Answers a list of maps.
    record ListVersions(UUID id, int limit) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.GET;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("document", id.toString(), "versions", true, "limit", limit);
        }
    }

    /// The content of a version, of the newest where none is named. Answers its bytes to be read.
    record ReadContent(UUID id, OptionalInt version) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.GET;
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(Map.of("document", id.toString(), "content", true));
            version.ifPresent(number -> values.put("version", number));
            return values;
        }
    }

    /// A new document. Answers it as a map.
    ///
    /// @param note what people read about this version
    record AddDocument(String name, Upload content, String note, List<String> tags) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(Map.of("name", name, "note", note, "tags", tags));
            values.putAll(told(content));
            return values;
        }
    }

    /// A new version of a document; one that moved on from `version` is left as it is. Answers it as a map.
    record AddVersion(UUID id, Upload content, String note, OptionalInt version) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(Map.of("document", id.toString(), "note", note));
            values.putAll(told(content));
            return values;
        }
    }

    /// An old version as the newest one. Answers the document as a map.
    record RestoreVersion(UUID id, int version, String note) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("document", id.toString(), "version", version, "note", note, "restore", true);
        }
    }

    /// Another name, other tags, into the archive or out of it. Answers the document as a map.
    record ChangeDocument(UUID id, Optional<String> name, Optional<List<String>> tags, Optional<Boolean> archived)
            implements DocumentRequest {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(Map.of("document", id.toString()));
            name.ifPresent(value -> values.put("name", value));
            tags.ifPresent(value -> values.put("tags", value));
            archived.ifPresent(value -> values.put("is_archived", value));
            return values;
        }
    }

    /// Removes a document with all its versions, for good. Answers it as it was.
    record DeleteDocument(UUID id) implements DocumentRequest {

        @Override
        public Action action() {
            return Action.DELETE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("document", id.toString());
        }
    }

    private static Map<String, Object> told(Upload content) {
        return Map.of("sha256", content.sha256(), "size_bytes", content.bytes(), "mime_type", content.type());
    }
}
