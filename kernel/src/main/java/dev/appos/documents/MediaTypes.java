package dev.appos.documents;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.tika.Tika;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;

/// What a content is, judged by itself. A name can make that more precise, never something else: a text may be a table
/// or a note, and what calls itself a picture must be one.
final class MediaTypes {

    /// What nothing is known about.
    static final String UNKNOWN = "application/octet-stream";

    /// Loaded at the first upload: it reads a catalogue of two thousand types.
    private static final class Catalogue {

        static final Tika TIKA = new Tika();
        static final MediaTypeRegistry KNOWN = MediaTypeRegistry.getDefaultRegistry();
    }

    /// The type found in the content.
    String of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return Catalogue.TIKA.detect(in);
        }
    }

    /// The type of a content that goes by a name; empty if the name claims what the content is not.
    ///
    /// @param found in the content
    Optional<String> named(String found, String name) {
        String claimed = Catalogue.TIKA.detect(name);
        if (claimed.equals(found) || claimed.equals(UNKNOWN) || found.equals(UNKNOWN)) {
            return Optional.of(found);
        }
        MediaType content = MediaType.parse(found);
        MediaType claim = MediaType.parse(claimed);
        if (Catalogue.KNOWN.isSpecializationOf(claim, content)) {
            return Optional.of(claimed);
        }
        return Catalogue.KNOWN.isSpecializationOf(content, claim) ? Optional.of(found) : Optional.empty();
    }
}
