package dev.appos.cli;

import dev.appos.base.Refusal;
import dev.appos.boot.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Hands over the password of the first administrator: on one's own machine in the terminal; elsewhere, where what is
/// printed is kept in logs, in a file that only the server's user can read.
final class FirstPassword {

    /// The environment variable that presets it.
    static final String VARIABLE = "APPOS_ADMIN_PASSWORD";

    private FirstPassword() {}

    /// @param made the password, if this start made the administrator
    static void tell(Settings settings, Optional<String> preset, Optional<String> made, PrintWriter out) {
        if (made.isEmpty()) {
            return;
        }
        if (preset.isPresent()) {
            Welcome.admin(out, "as " + VARIABLE + " says");
        } else if (settings.environment().strict()) {
            Welcome.admin(out, "in " + file(settings.state().resolve("admin-password"), made.get()));
        } else {
            Welcome.admin(out, made.get());
        }
    }

    private static Path file(Path file, String password) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file);
            Files.createDirectories(file.getParent());
            Files.createFile(file, owner);
            return Files.writeString(file, password + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The first administrator's password cannot be written to " + file + ": " + e.getMessage() + ".",
                    "Remove the user admin, set " + VARIABLE + " and start again.");
        }
    }
}
