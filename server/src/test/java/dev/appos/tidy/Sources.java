package dev.appos.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The Java files of the project, parsed.
final class Sources {

    /// One file.
    ///
    /// @param pkg the package below `dev.appos`: `dispatch`; empty for the root
    record Source(Path path, String pkg, boolean test, String text, CompilationUnitTree tree) {

        List<String> lines() {
            return text.lines().toList();
        }

        @Override
        public String toString() {
            return path.toString().replace('\\', '/');
        }
    }

    /// The root of the checkout, from the module the tests run in.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> MODULES = List.of("api", "kernel", "server", "temporal", "benchmarks");

    private final List<Source> all = new ArrayList<>();
    private final SourcePositions positions;

    Sources() {
        List<Path> paths = new ArrayList<>();
        for (String module : MODULES) {
            for (String kind : List.of("main", "test")) {
                paths.addAll(java(ROOT.resolve(module).resolve("src").resolve(kind).resolve("java")));
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        JavacTask task = (JavacTask) compiler.getTask(
                null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
        positions = Trees.instance(task).getSourcePositions();
        try {
            for (CompilationUnitTree tree : task.parse()) {
                all.add(source(Path.of(tree.getSourceFile().toUri()), tree));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Source> main() {
        return all.stream().filter(source -> !source.test()).toList();
    }

    List<Source> tests() {
        return all.stream().filter(Source::test).toList();
    }

    long line(Source source, com.sun.source.tree.Tree tree, boolean end) {
        long at = end
                ? positions.getEndPosition(source.tree(), tree)
                : positions.getStartPosition(source.tree(), tree);
        return source.tree().getLineMap().getLineNumber(at);
    }

    private static Source source(Path path, CompilationUnitTree tree) {
        String name = String.valueOf(tree.getPackageName());
        String pkg = name.equals("dev.appos") ? "" : name.replaceFirst("^dev\\.appos\\.?", "");
        try {
            Path shown = ROOT.relativize(path);
            boolean test = shown.toString().replace('\\', '/').contains("/src/test/");
            return new Source(shown, pkg, test, Files.readString(path), tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> java(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
