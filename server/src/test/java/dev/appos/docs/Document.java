package dev.appos.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One Markdown file of the repository.
public record Document(Path path, List<String> lines) {

    /// The root of the repository: the first folder upwards that has the launcher in it.
    public static final Path ROOT = root();

    private static final Set<String> NOT_OURS = Set.of("node_modules", "target", "dist", ".git", ".appos");
    private static final Pattern MARK = Pattern.compile("<!-- (file|from): (\\S+) -->");

    /// A fenced block of code.
    ///
    /// @param line     of its fence, from 1
    /// @param language after the fence
    /// @param mark     `file` or `from`, of the comment right above it
    /// @param target   what the comment names
    public record Block(int line, String language, Optional<String> mark, String target, String text) {}

    /// The file at this path below the root.
    public static Document at(String path) {
        return read(ROOT.resolve(path));
    }

    /// Every Markdown file that is ours.
    static List<Document> all() {
        List<Document> all = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        all.add(read(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document read(Path file) {
        return new Document(ROOT.relativize(file), text(file).lines().toList());
    }

    /// The text without its blocks of code, so that what looks like a link there is none.
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            code ^= fence;
            prose.add(code || fence ? "" : line);
        }
        return prose;
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            if (start < 0) {
                start = i;
                continue;
            }
            Matcher mark = MARK.matcher(start == 0 ? "" : lines.get(start - 1));
            boolean marked = mark.matches();
            blocks.add(new Block(
                    start + 1,
                    lines.get(start).substring(3),
                    marked ? Optional.of(mark.group(1)) : Optional.empty(),
                    marked ? mark.group(2) : "",
                    String.join("\n", lines.subList(start + 1, i)) + "\n"));
            start = -1;
        }
        return blocks;
    }

    /// The first cells of the table rows below a heading, without their backticks.
    public List<String> firstCells(String heading) {
        return cells(heading, 1);
    }

    /// The cells of one column, counted from 1, of every table below a heading.
    public List<String> cells(String heading, int column) {
        List<String> cells = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("## ")) {
                inside = line.equals("## " + heading);
            } else if (inside && line.startsWith("| ") ) {
                cells.add(line.split("(?<!\\\\)\\|", -1)[column].strip().replace("`", ""));
            }
        }
        return cells;
    }

    /// The names by which other documents can link to headings.
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        for (String line : prose()) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("appos")) || !Files.exists(folder.resolve("pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
