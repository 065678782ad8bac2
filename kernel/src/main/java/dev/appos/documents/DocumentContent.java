package dev.appos.documents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;

/// The content of one version, for whoever was let in to read it.
public final class DocumentContent {

    /// What it is.
    ///
    /// @param since when this version was made
    public record About(String name, String type, long bytes, String sha256, int version, Instant since) {}

    private final About about;
    private final ContentStore store;

    DocumentContent(About about, ContentStore store) {
        this.about = about;
        this.store = store;
    }

    public About about() {
        return about;
    }

    /// Opens a part of it, to be closed by whoever asked.
    public InputStream open(long from, long length) throws IOException {
        return store.open(about.sha256(), from, length);
    }

    /// What is told of it where the bytes themselves cannot be said.
    @JsonValue
    Map<String, Object> told() {
        return Map.of("name", about.name(), "mime_type", about.type(), "size_bytes", about.bytes());
    }
}
