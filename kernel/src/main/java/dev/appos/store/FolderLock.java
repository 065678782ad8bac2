package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to use a folder, held by one process at a time.
///
/// The operating system lets go of it when the process ends, in whatever way, so it is never left behind.
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock on `folder`.
    ///
    /// @throws Refusal if another process holds it
    static FolderLock take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            channel.close();
            throw refusal(folder);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw refusal(folder);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static Refusal refusal(Path folder) {
        return Refusal.unavailable(
                "Another AppOS is running on %s.".formatted(folder), "Stop it, or start with --dir elsewhere.");
    }
}
