package dev.appos.authoring;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import dev.appos.registry.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/// One task of javac over the files that need it: attributed, analysed, and written if there is no fault.
final class JavacRun {

    private static final List<String> OPTIONS = List.of(
            "-parameters", "-g", "-implicit:none", "-Xlint:none", "-proc:none",
            "-XDdiags.formatterOptions=-simpleNames");

    private final JavaCompiler javac;
    private final Scan scan;
    private final Map<String, SourceFile> sources;
    private final Faults faults;
    private final Map<String, FileFacts> facts = new TreeMap<>();
    private final List<Problem> echoes = new ArrayList<>();

    JavacRun(JavaCompiler javac, Scan scan, Map<String, SourceFile> sources, Faults faults) {
        this.javac = javac;
        this.scan = scan;
        this.sources = sources;
        this.faults = faults;
    }

    /// What the analysis learnt, by path of the author's files that were compiled.
    Map<String, FileFacts> facts() {
        return facts;
    }

    /// Compiles these files of authors, and these generated texts by path; answers the classes.
    Map<String, CompiledClass> compile(
            List<SourceFile> files, Map<String, String> generated, JavaFileManager shared,
            Map<String, CompiledClass> kept) {
        if (files.isEmpty() && generated.isEmpty()) {
            return Map.of();
        }
        MemoryFiles memory = new MemoryFiles(shared, kept);
        List<MemorySource> units = new ArrayList<>();
        files.forEach(f -> units.add(new MemorySource(f.path(), scan.edits().get(f.path()).apply(f.text()))));
        generated.forEach((path, text) -> units.add(new MemorySource(path, text)));
        JavacTask task = (JavacTask) javac.getTask(null, memory, listener(), OPTIONS, null, units);
        try {
            List<CompilationUnitTree> trees = new ArrayList<>();
            task.parse().forEach(trees::add);
            task.analyze();
            Attributed attributed = Attributed.of(task, scan.shape(), faults);
            trees.forEach(tree -> analyse(tree, attributed));
            if (faults.none()) {
                faults.addAll(echoes);          // a fault in an accessor echoes one in its source
            }
            if (faults.none()) {
                task.generate();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory.compiled();
    }

    private void analyse(CompilationUnitTree tree, Attributed attributed) {
        String path = MemorySource.path(tree.getSourceFile());
        SourceFile file = sources.get(path);
        if (file != null) {
            facts.put(path, new Analysis(attributed, file, scan.edits().get(path)).read(tree));
        }
    }

    private DiagnosticListener<JavaFileObject> listener() {
        Remedies remedies = new Remedies(scan.shape(), faults);
        return fault -> {
            if (fault.getKind() != Diagnostic.Kind.ERROR) {
                return;
            }
            String path = fault.getSource() == null ? "" : MemorySource.path(fault.getSource());
            SourceFile file = sources.get(path);
            if (file != null) {
                remedies.explain(fault, file, scan.edits().get(path));
            } else {
                echoes.add(new Problem(path, Math.max(1, (int) fault.getLineNumber()), 1,
                        fault.getMessage(Locale.ROOT).replace('\n', ' '),
                        "A type in a signature cannot be seen from outside its file: make it public, or report this."));
            }
        };
    }
}
