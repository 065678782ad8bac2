package dev.appos.documents;

import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Content on its way in: written to a file of its own, digested as it passes. Closing it forgets what nobody kept.
public final class Staging implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private final MessageDigest digest;
    private final MediaTypes types;
    private long bytes;

    Staging(Path file, MediaTypes types) throws IOException {
        this.file = file;
        this.types = types;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.out = Channels.newOutputStream(channel);
        this.digest = sha256();
    }

    /// Takes more of it.
    public void write(byte[] buffer, int from, int length) throws IOException {
        digest.update(buffer, from, length);
        out.write(buffer, from, length);
        bytes += length;
    }

    /// How much has come so far.
    public long bytes() {
        return bytes;
    }

    /// Ends it: what it is, judged by its content.
    ///
    /// @param whole whether all of it has come
    public Upload end(boolean whole) throws IOException {
        // On the disk before anybody hears of it: a name that outlives its bytes would be worse than neither.
        channel.force(true);
        channel.close();
        return new Upload(HexFormat.of().formatHex(digest.digest()), bytes, types.of(file), whole, file);
    }

    /// What lies in a file that has come already.
    static Upload of(Path file, MediaTypes types) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[64 * 1024];
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                InputStream in = Channels.newInputStream(open)) {
            open.force(true);
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Upload(
                HexFormat.of().formatHex(digest.digest()), Files.size(file), types.of(file), true, file);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Forgets what was not kept.
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
