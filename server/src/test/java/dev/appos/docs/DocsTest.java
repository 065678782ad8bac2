package dev.appos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.config.AppKeys;
import dev.appos.config.PlatformKeys;
import dev.appos.docs.Document.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeps the documents true where a machine can: links, paths, code, and the lists of the reference.
class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern TICKED = Pattern.compile("`([^`]+)`");
    private static final Pattern PATH = Pattern.compile("(?:\\./)?[\\w.-]+(?:/[\\w.-]+)*/?");

    private static final Document REFERENCE = Document.at("docs/reference/reference.md");

    @TempDir
    private Path folder;

    @Test
    void every_link_leads_somewhere() {
        List<String> wrong = new ArrayList<>();
        for (Document document : Document.all()) {
            Matcher link = LINK.matcher(String.join("\n", document.prose()));
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*") && !leadsSomewhere(document, link.group(1))) {
                    wrong.add(document.path() + ": " + link.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_path_in_a_document_exists() {
        List<String> wrong = new ArrayList<>();
        for (Document document : Document.all()) {
            Matcher ticked = TICKED.matcher(String.join("\n", document.prose()));
            while (ticked.find()) {
                if (looksLikeOurs(ticked.group(1)) && !exists(document, ticked.group(1))) {
                    wrong.add(document.path() + ": " + ticked.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looksLikeOurs("kernel/src/main/java/dev/appos/Nothing.java")).isTrue();
        assertThat(exists(REFERENCE, "kernel/src/main/java/dev/appos/Nothing.java")).isFalse();
        assertThat(exists(REFERENCE, "dispatch/Dispatcher")).isTrue();
    }

    @Test
    void the_code_of_documents_is_that_of_the_files_it_comes_from() {
        for (Document document : Document.all()) {
            for (Block block : document.blocks()) {
                if (block.mark().equals(Optional.of("from"))) {
                    String[] source = block.target().split("#", 2);
                    String text = Document.text(Document.ROOT.resolve(source[0]));
                    assertThat(block.text())
                            .as(document.path() + ":" + block.line())
                            .isEqualTo(source.length == 1 ? text : region(text, source[1]));
                }
            }
        }
        assertThat(region("a\n// tag: x\nb\n  c\n// end: x\nd\n", "x")).isEqualTo("b\n  c\n");
    }

    @Test
    void the_code_of_documents_compiles() throws IOException {
        Set<Path> compiled = new TreeSet<>();
        for (Document document : Document.all()) {
            boolean teaches = document.path().startsWith("docs/tutorial") || document.path().endsWith("README.md");
            List<Block> blocks = document.blocks();
            assertThat(blocks.stream().filter(b -> teaches && b.language().equals("java") && b.mark().isEmpty()))
                    .as("blocks of " + document.path() + " that no comment such as <!-- file: apps/… --> names")
                    .isEmpty();
            if (blocks.stream().noneMatch(block -> block.mark().equals(Optional.of("file")))) {
                continue;
            }
            Path home = folder.resolve(document.path().toString().replace('/', '_'));
            write(blocks, home);
            assertThat(new AppCompiler().compile(home.resolve("apps")))
                    .as(document.path().toString())
                    .isInstanceOf(Compilation.Success.class);
            compiled.add(document.path());
        }
        assertThat(compiled).contains(Path.of("README.md"), Path.of("docs/tutorial/first-app.md"));
    }

    @Test
    void the_settings_in_the_reference_are_those_there_are() {
        String written = Document.text(Document.ROOT.resolve("docs/reference/settings.md"));
        assertThat(written).contains(PlatformKeys.TABLE.markdown());
        assertThat(written).contains(AppKeys.TABLE.markdown());
    }

    @Test
    void every_annotation_and_every_word_is_in_the_reference() throws IOException {
        String words = String.join("\n", REFERENCE.lines());
        Path api = Document.ROOT.resolve("api/src/main/java/dev/appos/api");
        List<String> missing = new ArrayList<>();
        try (Stream<Path> files = Files.list(api)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                boolean generated = Set.of("ObjectRef", "Writes").contains(name);
                if (Document.text(file).contains("@interface") && !generated && !words.contains("`@" + name + "`")) {
                    missing.add("@" + name);
                }
            }
        }
        Pattern method = Pattern.compile("public static (?:<[^>]*> )?[\\w<>, ]+ (\\w+)\\(");
        for (String type : List.of("Words.java", "Screen.java")) {
            found(method, Document.text(api.resolve(type))).stream()
                    .filter(word -> !Pattern.compile("\\b" + word + "\\b").matcher(words).find())
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private static boolean leadsSomewhere(Document document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document.path()
                : Optional.ofNullable(document.path().getParent()).orElse(Path.of("")).resolve(parts[0]).normalize();
        if (!Files.exists(Document.ROOT.resolve(file))) {
            return false;
        }
        return parts.length == 1 || Document.at(file.toString()).anchors().contains(parts[1]);
    }

    /// A path from the root, or `package/Type` of our code; not what a build makes.
    private static boolean looksLikeOurs(String ticked) {
        if (!PATH.matcher(ticked).matches() || ticked.startsWith("..") || ticked.contains("/target/")) {
            return false;
        }
        String path = ticked.replaceFirst("^\\./", "");
        String first = path.split("/")[0];
        boolean fromRoot = path.contains("/") && Files.isDirectory(Document.ROOT.resolve(first));
        return fromRoot || ticked.startsWith("./") || path.matches("[a-z]+/[A-Z]\\w+(\\.java)?")
                || path.matches("[A-Z]+\\.md");
    }

    private static boolean exists(Document document, String ticked) {
        String path = ticked.replaceFirst("^\\./", "");
        Path beside = Optional.ofNullable(document.path().getParent()).orElse(Path.of("")).resolve(path);
        String type = path.replace(".java", "") + ".java";
        return Files.exists(Document.ROOT.resolve(path))
                || Files.exists(Document.ROOT.resolve(beside))
                || Stream.of("api", "kernel", "server", "benchmarks")
                        .anyMatch(module -> Files.exists(
                                Document.ROOT.resolve(module + "/src/main/java/dev/appos/" + type)));
    }

    /// Writes the blocks into the files they name. An app without settings gets those of the example of its name.
    static void write(List<Block> blocks, Path home) throws IOException {
        for (Block block : blocks) {
            if (block.mark().equals(Optional.of("file"))) {
                Path file = home.resolve(block.target());
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text());
            }
        }
        try (Stream<Path> apps = Files.list(home.resolve("apps"))) {
            for (Path app : apps.toList()) {
                Path example = Document.ROOT.resolve("examples/apps").resolve(app.getFileName()).resolve("app.yaml");
                if (!Files.exists(app.resolve("app.yaml")) && Files.exists(example)) {
                    Files.copy(example, app.resolve("app.yaml"));
                }
            }
        }
    }

    /// What stands between `// tag: name` and `// end: name`.
    private static String region(String text, String tag) {
        return text.lines()
                .dropWhile(line -> !line.strip().equals("// tag: " + tag))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end: " + tag))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        return text.substring(start, text.indexOf(to, start));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
