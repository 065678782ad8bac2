package dev.appos.data;

import dev.appos.base.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The files of jobs, in a folder of this server. A file belongs to who sent it until a job takes it over.
public final class Uploads {

    private static final int BUFFER = 64 * 1024;

    /// Room that stays free on the disk, whatever is sent.
    private static final long SPARE_BYTES = 256L * 1024 * 1024;

    private final Path folder;
    private final long largest;

    /// Whose files no job has taken over yet.
    private final Map<UUID, String> owners = new ConcurrentHashMap<>();

    /// @param largest the most bytes of a file, unpacked
    public Uploads(Path folder, long largest) {
        this.folder = folder;
        this.largest = largest;
    }

    /// Keeps what is sent, unpacked.
    ///
    /// @param gzip whether it is packed
    /// @param key  the same key and the same bytes are named alike, however often they are sent
    /// @return what to name it by
    /// @throws Refusal if it is too large, not packed as was said, or there is no room for it; nothing is kept
    public UUID receive(InputStream sent, boolean gzip, String owner, Optional<String> key) {
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        MessageDigest digest = sha256();
        UUID id;
        try {
            Files.createDirectories(folder);
            try (OutputStream to = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                copy(gzip ? new GZIPInputStream(sent, BUFFER) : sent, new DigestOutputStream(to, digest));
            }
            id = key.map(word -> named(owner, word, digest)).orElseGet(UUID::randomUUID);
            if (has(id)) {
                // A job has it: sent again by somebody who did not hear the answer.
                delete(part);
                return id;
            }
            Files.move(part, path(id));
        } catch (ZipException | EOFException e) {
            delete(part);
            throw Refusal.malformed(
                    "The file is not whole gzip: " + e.getMessage() + ".", "Send it again, or unpacked.");
        } catch (IOException e) {
            delete(part);
            throw Refusal.unavailable("The file could not be kept: " + e.getMessage() + ".", "Send it again.");
        } catch (RuntimeException e) {
            delete(part);
            throw e;
        }
        owners.put(id, owner);
        return id;
    }

    private static UUID named(String owner, String key, MessageDigest content) {
        String name = owner + "\n" + key + "\n" + HexFormat.of().formatHex(content.digest());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        long checked = 0;
        int read = from.read(buffer);
        while (read >= 0) {
            bytes += read;
            if (bytes > largest) {
                throw Refusal.tooLarge(
                        "The file is larger than " + largest + " bytes, unpacked.", "Split it, and send the parts.");
            }
            if (bytes >= checked) {
                checked = bytes + SPARE_BYTES / 4;
                room();
            }
            to.write(buffer, 0, read);
            read = from.read(buffer);
        }
    }

    private void room() throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < SPARE_BYTES) {
            throw Refusal.unavailable(
                    "There is no room for the file on the server.", "Tell its administrator, and send it later.");
        }
    }

    /// The file that this owner sent, which is a job's from now on.
    Optional<Path> take(UUID id, String owner) {
        return owners.remove(id, owner) ? Optional.of(path(id)) : Optional.empty();
    }

    /// Gives up a file that no job took over.
    public void drop(UUID id) {
        if (owners.remove(id) != null) {
            remove(id);
        }
    }

    Path path(UUID id) {
        return folder.resolve(id.toString());
    }

    boolean has(UUID id) {
        return Files.isRegularFile(path(id));
    }

    void remove(UUID id) {
        delete(path(id));
    }

    /// Removes what no job has, at the start of a server: what was being received when the last one ended.
    void clear(Set<UUID> kept) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> names = kept.stream().map(UUID::toString).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !names.contains(file.getFileName().toString())).forEach(Uploads::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
