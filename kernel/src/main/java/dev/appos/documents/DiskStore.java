package dev.appos.documents;

import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Contents as files of a folder: `ab/abcd…`. All names are made here, of digests; nothing a caller says is ever part
/// of a path.
public final class DiskStore implements ContentStore {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path kept;
    private final Path arriving;
    private final MediaTypes types = new MediaTypes();
    private final Clock clock;

    /// @param folder is made when it is missing
    public DiskStore(Path folder, Clock clock) {
        this.kept = folder.resolve("contents");
        this.arriving = folder.resolve("arriving");
        this.clock = clock;
    }

    @Override
    public Staging stage() throws IOException {
        Files.createDirectories(arriving);
        return new Staging(arriving.resolve(UUID.randomUUID() + ".part"), types);
    }

    @Override
    public void keep(Upload upload) throws IOException {
        Path file = file(upload.sha256());
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            // As new as any other: what looks for garbage leaves it alone.
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return;
        }
        Files.setLastModifiedTime(upload.file(), FileTime.from(clock.instant()));
        Files.move(upload.file(), file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
        force(file.getParent().getParent());
    }

    @Override
    public InputStream open(String sha256, long from, long length) throws IOException {
        FileChannel channel = FileChannel.open(file(sha256), StandardOpenOption.READ);
        return new Part(Channels.newInputStream(channel.position(from)), length);
    }

    @Override
    public void remove(String sha256) throws IOException {
        Files.deleteIfExists(file(sha256));
    }

    @Override
    public void each(Consumer<Kept> seen) throws IOException {
        if (!Files.isDirectory(kept)) {
            return;
        }
        Files.walkFileTree(kept, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (DIGEST.matcher(name).matches()) {
                    seen.accept(new Kept(name, attributes.size(), attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void forget(Instant before) throws IOException {
        if (!Files.isDirectory(arriving)) {
            return;
        }
        try (Stream<Path> files = Files.list(arriving)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException _) {
            // Kept or forgotten by somebody else meanwhile: the rest is for the next time.
            return;
        }
    }

    private Path file(String sha256) throws NoSuchFileException {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new NoSuchFileException(sha256);
        }
        return kept.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /// Makes a rename in this folder outlive a loss of power.
    private static void force(Path folder) throws IOException {
        try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
            open.force(true);
        }
    }
}
