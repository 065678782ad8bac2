package dev.appos.authoring;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/// Finds what a record says of who may see what: its row filters, and the fields whose accessors ask first.
final class RowFilterScan {

    private final SourceFile file;
    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final Faults faults;

    RowFilterScan(SourceFile file, SourcePositions positions, CompilationUnitTree unit, Faults faults) {
        this.file = file;
        this.positions = positions;
        this.unit = unit;
        this.faults = faults;
    }

    List<Shape.FilterShape> filters(ClassTree record) {
        List<Shape.FilterShape> filters = new ArrayList<>();
        String fields = record.getSimpleName() + "Records.Fields";
        for (MethodTree method : methods(record)) {
            if (FileScan.annotation(method.getModifiers(), "RowFilter").isEmpty()) {
                continue;
            }
            int offset = offset(method);
            boolean fits = method.getModifiers().getFlags().contains(Modifier.STATIC)
                    && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                    && method.getBody() != null
                    && method.getTypeParameters().isEmpty()
                    && String.valueOf(method.getReturnType()).endsWith("Cond")
                    && method.getParameters().size() == 1
                    && method.getParameters().getFirst().getType().toString().endsWith(fields);
            boolean first = filters.stream().noneMatch(one -> one.name().contentEquals(method.getName()));
            if (fits && first) {
                filters.add(new Shape.FilterShape(method.getName().toString(), offset));
            } else {
                faults.add(file, offset, "the row filter " + method.getName() + " cannot be asked",
                        "Write @RowFilter static Cond " + method.getName() + "(" + fields + " row) { return …; }"
                                + (first ? "." : ", under a name of its own."));
            }
        }
        return filters;
    }

    /// Refuses computed fields of which nothing says how.
    void computed(ClassTree record, List<Shape.ComponentShape> components) {
        String fields = record.getSimpleName() + "Records.Fields";
        for (Shape.ComponentShape component : components) {
            boolean said = !component.computed() || methods(record).stream().anyMatch(method ->
                    method.getName().contentEquals(component.name())
                            && method.getModifiers().getFlags().contains(Modifier.STATIC)
                            && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                            && method.getBody() != null
                            && method.getTypeParameters().isEmpty()
                            && String.valueOf(method.getReturnType()).matches("(dev\\.appos\\.api\\.)?Value<.*>")
                            && method.getParameters().size() == 1
                            && method.getParameters().getFirst().getType().toString().endsWith(fields));
            if (!said) {
                faults.add(file, component.annotations().get("Computed"),
                        "nothing says how " + component.name() + " is computed",
                        "Write static Value<" + component.type() + "> " + component.name() + "(" + fields
                                + " row) { return …; } in the record.");
            }
        }
    }

    /// The accessors of restricted fields, as they go into the record: each asks before it answers.
    String guarded(ClassTree record, List<Shape.ComponentShape> components) {
        StringBuilder text = new StringBuilder();
        for (Shape.ComponentShape component : components) {
            if (!component.annotations().containsKey("Restricted")) {
                continue;
            }
            methods(record).stream()
                    .filter(method -> method.getName().contentEquals(component.name())
                            && method.getParameters().isEmpty())
                    .findFirst()
                    .ifPresentOrElse(
                            method -> faults.add(file, offset(method),
                                    component.name() + " is restricted, so its accessor is the platform's",
                                    "Give the method another name."),
                            () -> text.append(" public %s %s() { %sRecords.see(\"%s\"); return this.%2$s; }".formatted(
                                    component.type(), component.name(), record.getSimpleName(), component.column())));
        }
        return text.toString();
    }

    private static List<MethodTree> methods(ClassTree record) {
        List<MethodTree> methods = new ArrayList<>();
        for (Tree member : record.getMembers()) {
            if (member instanceof MethodTree method) {
                methods.add(method);
            }
        }
        return methods;
    }

    /// Where the name of a method stands, and of anything else where it begins.
    int offset(Tree tree) {
        if (!(tree instanceof MethodTree method)) {
            return (int) positions.getStartPosition(unit, tree);
        }
        int from = (int) positions.getEndPosition(unit, method.getReturnType());
        return Math.max(file.text().indexOf(method.getName().toString(), Math.max(from, 0)), 0);
    }
}
