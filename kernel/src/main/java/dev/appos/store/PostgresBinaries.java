package dev.appos.store;

import dev.appos.base.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL, unpacked from the archive for this machine that is on the class path.
///
/// @param folder holds `bin/`, `lib/` and `share/`
record PostgresBinaries(Path folder) {

    private static final int EXECUTABLE = 0b001_001_001;

    /// Unpacks into `parent`, unless that was done before.
    ///
    /// The folder's name says which archive it came from, and it appears complete or not at all. Folders of other
    /// archives are removed: they can be unpacked again. The caller must be the only user of `parent`.
    ///
    /// @throws Refusal if there is no PostgreSQL for this kind of machine
    static PostgresBinaries unpack(Path parent) throws IOException {
        URL archive = archive();
        Path folder = parent.resolve("bin-%d-%s".formatted(PostgresCluster.MAJOR, fingerprint(archive)));
        if (Files.isDirectory(folder)) {
            return new PostgresBinaries(folder);
        }
        removeOthers(parent);
        Path part = Files.createDirectories(parent.resolve("bin-part"));
        try (InputStream input = archive.openStream();
                XZInputStream plain = new XZInputStream(new BufferedInputStream(input, 1 << 16));
                TarArchiveInputStream entries = new TarArchiveInputStream(plain)) {
            unpack(entries, part);
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return new PostgresBinaries(folder);
    }

    String initdb() {
        return folder.resolve("bin/initdb").toString();
    }

    String postgres() {
        return folder.resolve("bin/postgres").toString();
    }

    private static URL archive() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = os.contains("mac") ? "darwin" : os;
        String architecture = switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> machine;
        };
        URL archive = PostgresBinaries.class.getResource("/postgres-%s-%s.txz".formatted(family, architecture));
        if (archive == null) {
            throw Refusal.unavailable(
                    "AppOS brings no PostgreSQL for %s on %s.".formatted(os, machine),
                    "Install PostgreSQL 16 or newer and give its address in the configuration.");
        }
        return archive;
    }

    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toHexString(connection.getContentLengthLong());
    }

    private static void removeOthers(Path parent) throws IOException {
        try (Stream<Path> siblings = Files.list(parent)) {
            for (Path each : siblings.toList()) {
                if (each.getFileName().toString().startsWith("bin-")) {
                    Folders.delete(each);
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream entries, Path folder) throws IOException {
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("the archive of PostgreSQL reaches outside its folder: " + entry.getName());
            }
            Files.createDirectories(entry.isDirectory() ? target : target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (!entry.isDirectory()) {
                Files.copy(entries, target);
                if ((entry.getMode() & EXECUTABLE) != 0) {
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }
}
