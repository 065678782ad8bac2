package dev.appos.authoring;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import dev.appos.object.Access;
import dev.appos.object.Permission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/// Reads the values of annotations together with where they stand.
final class AnnotationReader {

    /// A text and its offset in the author's file.
    record Text(String value, int offset) {}

    private final Attributed attributed;
    private final SourceFile file;
    private final Edits edits;
    private final CompilationUnitTree unit;
    private final List<FileFacts.GroupUse> groups = new ArrayList<>();

    AnnotationReader(Attributed attributed, SourceFile file, Edits edits, CompilationUnitTree unit) {
        this.attributed = attributed;
        this.file = file;
        this.edits = edits;
        this.unit = unit;
    }

    /// Every group named so far.
    List<FileFacts.GroupUse> groups() {
        return groups;
    }

    /// Who is named for which permission; each attribute is called as its permission.
    Access access(Element element, Class<?> annotation, Permission... permissions) {
        Map<Permission, Set<String>> access = new EnumMap<>(Permission.class);
        for (Permission permission : permissions) {
            for (Text group : texts(element, annotation, permission.word())) {
                access.computeIfAbsent(permission, _ -> new LinkedHashSet<>()).add(group.value());
                groups.add(new FileFacts.GroupUse(
                        group.value(), file.path(), file.line(group.offset()), file.column(group.offset())));
            }
        }
        return new Access(access);
    }

    /// The texts of an attribute, in their order; none if it is left out.
    List<Text> texts(Element element, Class<?> annotation, String attribute) {
        List<Text> texts = new ArrayList<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(annotation.getName())) {
                value(mirror, attribute).ifPresent(value -> {
                    if (value.getValue() instanceof List<?> list) {
                        list.forEach(each -> texts.add(text(element, mirror, (AnnotationValue) each)));
                    } else {
                        texts.add(text(element, mirror, value));
                    }
                });
            }
        }
        return texts;
    }

    private static Optional<AnnotationValue> value(AnnotationMirror mirror, String attribute) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                mirror.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(attribute)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private Text text(Element element, AnnotationMirror mirror, AnnotationValue value) {
        Tree tree = attributed.trees().getTree(element, mirror, value);
        long start = tree == null ? -1 : attributed.trees().getSourcePositions().getStartPosition(unit, tree);
        return new Text(String.valueOf(value.getValue()), edits.toOriginal(Math.max(start, 0)));
    }
}
