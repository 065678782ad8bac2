package dev.appos.authoring;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.SourcePositions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what a record says of other records, before any types are known.
final class RelationScan {

    private static final Set<String> WORDS = Set.of("HasMany", "HasOne", "ManyToMany");

    private RelationScan() {}

    static List<Shape.RelationShape> relations(
            SourceFile file, CompilationUnitTree unit, SourcePositions positions, ClassTree record) {
        List<Shape.RelationShape> found = new ArrayList<>();
        for (AnnotationTree annotation : record.getModifiers().getAnnotations()) {
            String written = annotation.getAnnotationType().toString();
            String word = written.substring(written.lastIndexOf('.') + 1);
            if (WORDS.contains(word)) {
                int offset = (int) positions.getStartPosition(unit, annotation);
                Map<String, String> arguments = arguments(annotation);
                String type = arguments.getOrDefault("value", "").replaceAll("\\s*\\.\\s*class$", "");
                found.add(new Shape.RelationShape(word, type, arguments, offset));
            }
        }
        return found;
    }

    private static Map<String, String> arguments(AnnotationTree annotation) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment) {
                arguments.put(assignment.getVariable().toString(), text(assignment.getExpression()));
            } else {
                arguments.put("value", text(argument));
            }
        }
        return arguments;
    }

    private static String text(ExpressionTree expression) {
        return expression instanceof LiteralTree literal && literal.getValue() instanceof String text
                ? text
                : expression.toString();
    }
}
