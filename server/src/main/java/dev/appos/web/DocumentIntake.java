package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.documents.ContentStore;
import dev.appos.documents.Staging;
import dev.appos.documents.Uploads;
import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/// Takes content in as it comes, with constant memory: into a place where it waits until the door has decided, and from
/// which it is gone when that was not to keep it.
public final class DocumentIntake {

    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int LARGEST_PART_HEADERS = 8 * 1024;

    private static final int MOST_PARTS = 20;

    private final ContentStore store;
    private final Uploads uploads;
    private final LongSupplier maxBytes;

    /// @param maxBytes the most that is read of one content, by now
    public DocumentIntake(ContentStore store, Uploads uploads, LongSupplier maxBytes) {
        this.store = store;
        this.uploads = uploads;
        this.maxBytes = maxBytes;
    }

    /// What goes on where it broke off.
    Uploads uploads() {
        return uploads;
    }

    /// The most that is read of one content.
    long maxBytes() {
        return maxBytes.getAsLong();
    }

    /// What a request brought.
    ///
    /// @param fields what was said of it, by name
    record Taken(Optional<String> name, Map<String, String> fields, Upload content) {}

    /// Reads the body, has `use` decide about it, and forgets what was not kept.
    ///
    /// A form (`multipart/form-data`) has one file and fields; any other body is the content itself, and the query says
    /// what it is called.
    Response take(Request request, Function<Taken, Response> use) {
        String type = request.header("Content-Type").orElse("");
        boolean form = type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data");
        try (Staging staging = store.stage()) {
            return use.apply(form ? form(request, type, staging) : body(request, staging));
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "The content could not be taken in: " + failure.getMessage() + ".",
                    "Send it again; if that fails too, tell an administrator to look at the document store.");
        }
    }

    private Taken form(Request request, String type, Staging staging) throws IOException {
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw Refusal.malformed("The form has no boundary.", "Send it as multipart/form-data with a boundary.");
        }
        FormParts parts = new FormParts(staging, maxBytes.getAsLong());
        MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
        parser.setMaxParts(MOST_PARTS);
        parser.setPartHeadersMaxLength(LARGEST_PART_HEADERS);
        InputStream in = request.stream();
        byte[] buffer = new byte[CHUNK_BYTES];
        for (int read = in.read(buffer); read >= 0 && !parts.over(); read = in.read(buffer)) {
            parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, read), false));
            parts.check();
        }
        if (parts.over()) {
            drain(in, buffer);
        } else {
            parser.parse(Content.Chunk.EOF);
            parts.checkEnd();
        }
        return new Taken(parts.fileName(), parts.fields(), staging.end(!parts.over()));
    }

    private Taken body(Request request, Staging staging) throws IOException {
        InputStream in = request.stream();
        byte[] buffer = new byte[CHUNK_BYTES];
        long most = maxBytes.getAsLong();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (staging.bytes() + read > most) {
                drain(in, buffer);
                return new Taken(request.query("name"), fields(request), staging.end(false));
            }
            staging.write(buffer, 0, read);
        }
        return new Taken(request.query("name"), fields(request), staging.end(true));
    }

    private static Map<String, String> fields(Request request) {
        return Map.of("note", request.query("note").orElse(""), "tags", request.query("tags").orElse(""));
    }

    /// Reads on for as much again, so that most senders come to read why it was refused.
    private void drain(InputStream in, byte[] buffer) throws IOException {
        long left = maxBytes.getAsLong();
        for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
            left -= read;
        }
    }
}
