package dev.appos.authoring;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.lang.model.util.Elements;

/// What a reader of attributed trees needs, for the length of one javac task.
record Attributed(
        Trees trees, Elements elements, UnitKeys keys, ObjectNames names, Policy policy, Shape shape, Faults faults) {

    static Attributed of(JavacTask task, Shape shape, Faults faults) {
        Elements elements = task.getElements();
        ObjectNames names = new ObjectNames(elements, shape);
        return new Attributed(Trees.instance(task), elements, new UnitKeys(elements, task.getTypes(), names), names,
                new Policy(shape.apps().keySet()), shape, faults);
    }

    /// The object whose body this method of a file is.
    Optional<Shape.MethodShape> shape(SourceFile file, ObjectKind kind, String method) {
        return shape.app(file.app()).methods(kind).stream()
                .filter(m -> m.file().path().equals(file.path()) && m.name().equals(method)).findFirst();
    }
}
