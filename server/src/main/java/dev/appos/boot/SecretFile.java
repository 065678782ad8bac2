package dev.appos.boot;

import dev.appos.base.Refusal;
import dev.appos.identity.ServerSecret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// Where the server's secret comes from: the environment, or else a file beside the platform's data that is made once
/// and that only its owner can read. It is never in the database, whose copies go further than the server.
public final class SecretFile {

    private static final String VARIABLE = "APPOS_SECRET";

    private static final String FILE = "secret";
    private static final int SECRET_BYTES = 48;

    private SecretFile() {}

    /// The secret of this server.
    ///
    /// @param state the folder of what the server keeps
    /// @throws Refusal if it is too short, or if the file can be neither read nor made
    public static ServerSecret read(Path state) {
        Optional<String> given = Optional.ofNullable(System.getenv(VARIABLE));
        if (given.isPresent()) {
            return new ServerSecret(given.get().strip());
        }
        Path file = state.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                make(file, secret());
            }
            return new ServerSecret(Files.readString(file).strip());
        } catch (IOException e) {
            throw Refusal.unavailable(
                    file + ", the server's secret, cannot be read: " + e.getMessage(),
                    "Let the server read and write " + state + ", or set " + VARIABLE + ".");
        }
    }

    private static String secret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// Written beside and then moved, so that nobody ever reads half of it; of two who make it one file stays.
    private static void make(Path file, String secret) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(
                file.getParent(), FILE, ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, secret + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            // Somebody else was quicker: theirs is the one.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
