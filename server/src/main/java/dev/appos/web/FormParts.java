package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.documents.Staging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The parts of a form as they arrive: small fields into memory, one file into its staging.
final class FormParts extends MultiPart.AbstractPartsListener {

    private static final int LARGEST_FIELD = 16 * 1024;

    private final Staging staging;
    private final long maxBytes;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private ByteArrayOutputStream field = new ByteArrayOutputStream();
    private @Nullable String fileName;
    private boolean files;
    private boolean over;
    private boolean complete;
    private @Nullable Refusal refusal;

    FormParts(Staging staging, long maxBytes) {
        this.staging = staging;
        this.maxBytes = maxBytes;
    }

    /// The name the sender gave the file.
    Optional<String> fileName() {
        return Optional.ofNullable(fileName);
    }

    Map<String, String> fields() {
        return fields;
    }

    /// Whether the file goes on beyond what is taken.
    boolean over() {
        return over;
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        if (getFileName() != null) {
            file(bytes);
        } else if (field.size() + bytes.length > LARGEST_FIELD) {
            refuse(Refusal.tooLarge(
                    "The field " + getName() + " is larger than " + LARGEST_FIELD + " bytes.",
                    "Send the document as the part file, with a file name."));
        } else {
            field.writeBytes(bytes);
        }
    }

    private void file(byte[] bytes) {
        if (files) {
            refuse(Refusal.malformed("The form has more than one file.", "Send each in a request of its own."));
        } else if (staging.bytes() + bytes.length > maxBytes) {
            over = true;
        } else if (!over) {
            try {
                staging.write(bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        fileName = getFileName();
    }

    @Override
    public void onPart(String name, String file, HttpFields headers) {
        if (file != null) {
            if (files) {
                refuse(Refusal.malformed("The form has more than one file.", "Send each in a request of its own."));
            }
            files = true;
            fileName = file;
        } else if (name != null && fields.putIfAbsent(name, field.toString(StandardCharsets.UTF_8)) != null) {
            refuse(Refusal.malformed("The form says " + name + " twice.", "Say it once; separate tags by commas."));
        }
        field = new ByteArrayOutputStream();
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    @Override
    public void onFailure(Throwable failure) {
        refuse(Refusal.malformed(
                "The form cannot be read: " + failure.getMessage() + ".", "Send it as multipart/form-data."));
    }

    /// @throws Refusal if what came so far is no form that can be taken
    void check() {
        if (refusal != null) {
            throw refusal;
        }
    }

    /// @throws Refusal if the form did not come to its end, or has no file
    void checkEnd() {
        check();
        if (!complete) {
            throw Refusal.malformed("The form ends in the middle.", "Send it again, to its end.");
        }
        if (!files) {
            throw Refusal.malformed("The form has no file.", "Send the document as the part file, with a file name.");
        }
    }

    private void refuse(Refusal why) {
        if (refusal == null) {
            refusal = why;
        }
    }
}
