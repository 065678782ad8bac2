package dev.appos.documents;

import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/// Where contents are kept, each once, under its digest. Knows nothing of documents, folders or people: whether
/// somebody may read what is here is decided before it is asked. Thread-safe; several servers may share one.
public interface ContentStore {

    /// A content as it lies here.
    ///
    /// @param since when it was put here, or last kept again
    record Kept(String sha256, long bytes, Instant since) {}

    /// A place for content that arrives.
    Staging stage() throws IOException;

    /// Keeps what has arrived, for good: it survives a loss of power from here on. What is here already is kept anew.
    void keep(Upload upload) throws IOException;

    /// Opens a part of a content, to be closed by whoever asked.
    ///
    /// @param from the first byte
    /// @throws java.nio.file.NoSuchFileException if it is not here
    InputStream open(String sha256, long from, long length) throws IOException;

    /// Removes a content; one that is not here is removed already.
    void remove(String sha256) throws IOException;

    /// Forgets what arrived before then and was never kept: whoever sent it is gone.
    void forget(Instant before) throws IOException;

    /// Shows everything that is kept here, in no order.
    void each(Consumer<Kept> seen) throws IOException;
}
