package dev.appos.documents;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Uploads that go on where they broke off: each a file that grows, beside a note of whose it is and where it is meant
/// to go. Survives a restart of the server; nothing of it is a document before its last byte has come and the door has
/// let it in. Thread-safe.
public final class Uploads {

    /// How long an upload waits for its next byte.
    public static final Duration PATIENCE = Duration.ofDays(1);

    /// So many may one person have open.
    private static final int MOST_OPEN = 20;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final String NOTE = ".json";
    private static final String PART = ".part";

    private final Path folder;
    private final Clock clock;
    private final MediaTypes types = new MediaTypes();
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();

    /// An upload that is not finished.
    ///
    /// @param owner whose it is; to everybody else it is not there
    /// @param place what it is meant for, as an address
    /// @param about what was said of it, by name
    public record Open(UUID id, String owner, String place, long length, Map<String, String> about) {}

    /// @param folder is made when it is missing
    public Uploads(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Begins one.
    ///
    /// @throws Refusal if its owner has too many open
    public Open begin(String owner, String place, long length, Map<String, String> about) throws IOException {
        Files.createDirectories(folder);
        if (all().stream().filter(open -> open.owner().equals(owner)).count() >= MOST_OPEN) {
            throw Refusal.conflict(
                    "You have " + MOST_OPEN + " uploads that are not finished.",
                    "Finish or delete one; each ends by itself after " + PATIENCE.toHours() + " hours.");
        }
        Open open = new Open(UUID.randomUUID(), owner, place, length, Map.copyOf(about));
        Files.createFile(part(open.id()));
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("owner", owner);
        note.put("place", place);
        note.put("length", length);
        note.put("about", about);
        Files.writeString(folder.resolve(open.id() + NOTE), Json.write(note), StandardOpenOption.CREATE_NEW);
        return open;
    }

    /// The upload of this owner for this place; any other is none.
    public Optional<Open> find(UUID id, String owner, String place) throws IOException {
        return read(folder.resolve(id + NOTE))
                .filter(open -> open.owner().equals(owner) && open.place().equals(place));
    }

    /// How much of it has come.
    public long offset(Open open) throws IOException {
        return Files.size(part(open.id()));
    }

    /// Until when it waits.
    public Instant expires(Open open) throws IOException {
        return Files.getLastModifiedTime(part(open.id())).toInstant().plus(PATIENCE);
    }

    /// Adds what comes, keeping also what came before a connection broke.
    ///
    /// @return how much there is now
    /// @throws Refusal if it goes on elsewhere, or if there would be more than was announced
    public long append(Open open, long offset, InputStream in) throws IOException {
        if (!busy.add(open.id())) {
            throw Refusal.conflict("Another request adds to this upload.", "Wait for its end, and ask for the offset.");
        }
        try (OutputStream out = Files.newOutputStream(part(open.id()), StandardOpenOption.APPEND)) {
            long there = offset(open);
            if (there != offset) {
                throw Refusal.conflict(
                        "The upload goes on at byte " + there + ", not at " + offset + ".", "Send from there.");
            }
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (there + read > open.length()) {
                    throw Refusal.tooLarge(
                            "The upload was announced with " + open.length() + " bytes, and there are more.",
                            "Begin another with the right Upload-Length.");
                }
                out.write(buffer, 0, read);
                there += read;
            }
            return there;
        } finally {
            busy.remove(open.id());
        }
    }

    /// What has come in full, as an upload like any other.
    public Upload end(Open open) throws IOException {
        Path file = part(open.id());
        return Staging.of(file, types);
    }

    /// Ends it: what was not kept is gone.
    public void forget(Open open) throws IOException {
        Files.deleteIfExists(folder.resolve(open.id() + NOTE));
        Files.deleteIfExists(part(open.id()));
    }

    /// Ends those that waited too long.
    public void forgetOld() throws IOException {
        Instant until = clock.instant().minus(PATIENCE);
        for (Open open : all()) {
            if (Files.exists(part(open.id()))
                    && Files.getLastModifiedTime(part(open.id())).toInstant().isBefore(until)) {
                forget(open);
            }
        }
    }

    private List<Open> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Open> open = new java.util.ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(NOTE)).toList()) {
                read(file).ifPresent(open::add);
            }
            return open;
        }
    }

    private Optional<Open> read(Path note) throws IOException {
        try {
            Map<String, Object> values = Json.object(Json.read(Files.readString(note)), note.toString());
            Map<String, String> about = new LinkedHashMap<>();
            Json.object(values.get("about"), "about").forEach((name, value) -> about.put(name, String.valueOf(value)));
            String id = note.getFileName().toString().replace(NOTE, "");
            return Optional.of(new Open(
                    UUID.fromString(id), String.valueOf(values.get("owner")), String.valueOf(values.get("place")),
                    Long.parseLong(String.valueOf(values.get("length"))), about));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private Path part(UUID id) {
        return folder.resolve(id + PART);
    }
}
