package dev.appos.authoring;

import dev.appos.base.Nearest;
import dev.appos.registry.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// The apps folder as it was read at one moment.
///
/// @param apps     the valid app names
/// @param sources  the authors' Java files by path
/// @param settings each app's `app.yaml`, by app
/// @param problems what stands where it may not
record SourceTree(
        List<String> apps,
        SortedMap<String, SourceFile> sources,
        SortedMap<String, SourceFile> settings,
        List<Problem> problems) {

    /// The folders of an app, in the order a reader thinks of them.
    static final List<String> FOLDERS =
            List.of("records", "rules", "constants", "processes", "interfaces", "pages", "folders");

    static final String SETTINGS = "app.yaml";

    /// A larger file is not something a person wrote.
    private static final int LARGEST_FILE = 1_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    /// PostgreSQL cuts longer names, and an app's schema is called like the app.
    private static final int LONGEST_NAME = 63;

    /// Parts of addresses and words of the language that an app's name would hide.
    private static final Set<String> RESERVED = Set.of(
            "platform", "appos", "api", "java", "javax", "jdk", "sun", "dev", "com", "org", "records", "rules",
            "constants", "processes", "interfaces", "pages", "bodies", "ctx", "system", "admin", "auth", "ui", "action",
            "v1", "docs", "approvals", "agents", "objects", "audit", "mcp", "health", "healthz", "ready", "metrics",
            "assets", "login");

    /// Reads the folder.
    ///
    /// @throws UncheckedIOException if the folder itself cannot be read
    static SourceTree read(Path folder) {
        Reader reader = new Reader(folder);
        try {
            Files.walkFileTree(folder, reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The apps folder " + folder + " cannot be read.", e);
        }
        return reader.tree();
    }

    /// Why a folder of this name cannot be an app, if it cannot.
    static Optional<Problem> fault(String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME || SourceVersion.isKeyword(name)) {
            return Optional.of(new Problem(name, 1, 1, name + " cannot name an app",
                    "Rename the folder: lower-case letters and digits, such as crm, and no word of Java."));
        }
        return RESERVED.contains(name)
                ? Optional.of(new Problem(name, 1, 1, name + " is a word of the platform and cannot name an app",
                        "Rename the folder, for example " + name + "s or my" + name + "."))
                : Optional.empty();
    }

    /// Whether both hold the same text in the same places.
    boolean sameAs(SourceTree other) {
        return sources.equals(other.sources) && settings.equals(other.settings) && problems.equals(other.problems)
                && apps.equals(other.apps);
    }

    private static final class Reader extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<String> apps = new ArrayList<>();
        private final SortedMap<String, SourceFile> sources = new TreeMap<>();
        private final SortedMap<String, SourceFile> settings = new TreeMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Reader(Path root) {
            this.root = root;
        }

        SourceTree tree() {
            return new SourceTree(apps.stream().sorted().toList(), sources, settings, problems);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path path = root.relativize(folder);
            String name = path.getFileName().toString();
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (name.startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return switch (path.getNameCount()) {
                case 1 -> app(name);
                case 2 -> shelf(path(path), name);
                default -> FileVisitResult.CONTINUE;
            };
        }

        private FileVisitResult app(String name) {
            Optional<Problem> fault = SourceTree.fault(name);
            fault.ifPresent(problems::add);
            if (fault.isPresent()) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            apps.add(name);
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult shelf(String path, String name) {
            if (FOLDERS.contains(name)) {
                return FileVisitResult.CONTINUE;
            }
            String nearest = Nearest.of(name, FOLDERS).orElse(FOLDERS.getFirst());
            String others = FOLDERS.stream().filter(folder -> !folder.equals(nearest))
                    .collect(Collectors.joining(", "));
            fault(path, "an app has no folder " + name, "Use " + nearest + ", or one of " + others + ".");
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path path = root.relativize(file);
            String name = path.getFileName().toString();
            if (name.startsWith(".") || name.startsWith("#") || !attributes.isRegularFile()) {
                return FileVisitResult.CONTINUE;
            }
            if (path.getNameCount() == 2 && name.equals("app.yml")) {
                fault(path(path), "the settings of an app are in app.yaml", "Rename the file to app.yaml.");
            } else if (path.getNameCount() == 2 && name.equals(SETTINGS)) {
                read(file, path).ifPresent(read -> settings.put(read.app(), read));
            } else if (name.endsWith(".java") && path.getNameCount() < 3) {
                fault(path(path), name + " stands outside the folders of an app",
                        "Move it into one of " + String.join(", ", FOLDERS) + " of an app.");
            } else if (name.endsWith(".java")) {
                read(file, path).ifPresent(read -> sources.put(read.path(), read));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            // Between the listing and the visit an editor may have renamed or deleted it: then it is not there.
            if (failure instanceof NoSuchFileException && !file.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private Optional<SourceFile> read(Path file, Path path) throws IOException {
            try {
                if (Files.size(file) > LARGEST_FILE) {
                    fault(path(path), "the file has more than " + LARGEST_FILE + " bytes", "Split it.");
                    return Optional.empty();
                }
                return Optional.of(new SourceFile(path(path), Files.readString(file)));
            } catch (CharacterCodingException e) {
                fault(path(path), "the file is not UTF-8", "Save it as UTF-8.");
                return Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        private void fault(String path, String message, String remedy) {
            problems.add(new Problem(path, 1, 1, message, remedy));
        }

        private static String path(Path path) {
            return path.toString().replace('\\', '/');
        }
    }
}
