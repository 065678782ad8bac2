package dev.appos.authoring;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;

/// The first pass: parse only. javac parses bare methods itself (compact source files), so the scan learns the shape of
/// the apps and where to insert what, and syntax errors are told at their true place.
///
/// @param surfaces each file without the bodies of its methods: equal surfaces mean that only bodies changed
/// @param readable whether every file could be parsed
record Scan(Shape shape, SortedMap<String, Edits> edits, SortedMap<String, String> surfaces, boolean readable) {

    static Scan of(SourceTree tree, JavaCompiler javac, JavaFileManager files, Faults faults) {
        Shape shape = new Shape();
        tree.apps().forEach(shape::app);
        SortedMap<String, Edits> edits = new TreeMap<>();
        SortedMap<String, String> surfaces = new TreeMap<>();
        Scan scan = new Scan(shape, edits, surfaces, true);
        if (tree.sources().isEmpty()) {
            return scan;
        }
        boolean[] readable = {true};
        // javac wants a file of bare methods to be called like a class; an author need not know that.
        Map<String, SourceFile> named = new LinkedHashMap<>();
        tree.sources().values().forEach(file -> named.put(named.size() + "/" + file.wrapper() + ".java", file));
        List<MemorySource> sources = named.entrySet().stream()
                .map(entry -> new MemorySource(entry.getKey(), entry.getValue().text())).toList();
        JavacTask task = (JavacTask) javac.getTask(null, files, fault -> {
            if (fault.getKind() == Diagnostic.Kind.ERROR) {
                readable[0] = false;
                faults.add(named.get(MemorySource.path(fault.getSource())), (int) fault.getPosition(),
                        fault.getMessage(Locale.ROOT), "Correct the syntax.");
            }
        }, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                SourceFile file = named.get(MemorySource.path(unit.getSourceFile()));
                FileScan one = new FileScan(file, unit, positions, shape, faults);
                edits.put(file.path(), one.run());
                surfaces.put(file.path(), one.surface());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Scan(shape, edits, surfaces, readable[0]);
    }

    /// Puts the prelude before every file that does not name its package itself.
    void addPreludes(Map<String, SourceFile> sources) {
        edits.forEach((path, edit) -> {
            if (!edit.explicit()) {
                edit.prepend(Prelude.of(sources.get(path), shape));
            }
        });
    }
}
