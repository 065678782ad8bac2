package dev.appos.boot;

import dev.appos.base.Refusal;
import dev.appos.trace.AuditSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Finds the key that the audit is sealed with: what the environment says, or else a file beside the server's state
/// that is made the first time. It never lies in the database, whose rows it vouches for.
public final class AuditKey {

    private static final String VARIABLE = "APPOS_AUDIT_KEY";

    private AuditKey() {}

    /// The key of the server whose state is kept in a folder. Servers on one database must be given the same.
    ///
    /// @throws Refusal if it is too short, or cannot be read or made
    public static AuditSeal of(Path state) {
        return of(state, Optional.ofNullable(System.getenv(VARIABLE)));
    }

    static AuditSeal of(Path state, Optional<String> given) {
        String key = given.orElseGet(() -> kept(state.resolve("audit.key")));
        byte[] bytes = key.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < AuditSeal.LEAST_KEY_BYTES) {
            throw Refusal.unavailable(
                    "The key of the audit has fewer than " + AuditSeal.LEAST_KEY_BYTES + " characters.",
                    "Give a longer one in " + VARIABLE + ", or restore audit.key.");
        }
        return new AuditSeal(bytes);
    }

    private static String kept(Path file) {
        try {
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                make(file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The key of the audit cannot be kept: " + e.getMessage() + ".", "Check the folder's permissions.");
        }
    }

    private static void make(Path file) throws IOException {
        byte[] random = new byte[AuditSeal.LEAST_KEY_BYTES];
        new SecureRandom().nextBytes(random);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, onlyOwner);
            Files.writeString(file, HexFormat.of().formatHex(random), StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException _) {
            // Another start was quicker; its key is as good.
            return;
        }
    }
}
