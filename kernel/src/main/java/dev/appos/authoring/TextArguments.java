package dev.appos.authoring;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import dev.appos.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Checks the texts in code that name something: the fields of a table, the group that approves.
final class TextArguments {

    private static final List<String> SYSTEM_FIELDS = List.of("id", "createdAt", "updatedAt");

    private final Attributed attributed;
    private final SourceFile file;
    private final Edits edits;
    private final List<FileFacts.GroupUse> groups = new ArrayList<>();

    TextArguments(Attributed attributed, SourceFile file, Edits edits) {
        this.attributed = attributed;
        this.file = file;
        this.edits = edits;
    }

    /// The groups that approvals and questions name.
    List<FileFacts.GroupUse> groups() {
        return groups;
    }

    void check(MethodInvocationTree call, TreePath path) {
        switch (called(call, path)) {
            case "TableUi.columns", "TableUi.orderBy" -> record(call, path).ifPresent(record ->
                    call.getArguments().forEach(argument -> field(argument, record, path)));
            case "Task.group" -> group(call.getArguments().getFirst(), path);
            case "Task.escalate" -> group(call.getArguments().get(1), path);
            case "Words.approval" -> group(call.getArguments().get(1), path);
            case "User.in" -> group(call.getArguments().getFirst(), path);
            default -> { }
        }
    }

    private void field(ExpressionTree argument, Shape.RecordShape record, TreePath path) {
        if (argument instanceof LiteralTree literal && literal.getValue() instanceof String name) {
            List<String> known = new ArrayList<>(SYSTEM_FIELDS);
            record.components().forEach(component -> known.add(component.name()));
            if (!known.contains(name)) {
                attributed.faults().add(file, offset(argument, path), record.name() + " has no field " + name,
                        Nearest.remedy(name, known));
            }
        }
    }

    /// The name of a signal that is waited for and the binary name of its type, if this is such a call.
    Optional<Map.Entry<String, String>> signal(MethodInvocationTree call, TreePath path) {
        if (!called(call, path).equals("Words.signal")) {
            return Optional.empty();
        }
        ExpressionTree type = call.getArguments().get(1);
        if (call.getArguments().getFirst() instanceof LiteralTree literal && literal.getValue() instanceof String name
                && type instanceof MemberSelectTree select && select.getIdentifier().contentEquals("class")
                && attributed.trees().getElement(at(select.getExpression(), path)) instanceof TypeElement element) {
            return Optional.of(Map.entry(name, attributed.elements().getBinaryName(element).toString()));
        }
        attributed.faults().add(file, offset(call.getArguments().getFirst(), path),
                "what is sent cannot be checked: the signal has no written name and type",
                "Write both here: signal(\"paid\", Payment.class).");
        return Optional.empty();
    }

    private void group(ExpressionTree argument, TreePath path) {
        if (argument instanceof LiteralTree literal && literal.getValue() instanceof String name) {
            int offset = offset(argument, path);
            groups.add(new FileFacts.GroupUse(name, file.path(), file.line(offset), file.column(offset)));
        }
    }

    /// The record of the `table(records.x)` that a chain of calls begins with.
    private Optional<Shape.RecordShape> record(MethodInvocationTree call, TreePath path) {
        if (called(call, path).equals("Screen.table")) {
            return attributed.names()
                    .recordSet(attributed.trees().getTypeMirror(at(call.getArguments().getFirst(), path)))
                    .flatMap(ref -> attributed.shape().records().filter(r -> r.ref().equals(ref)).findFirst());
        }
        return call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getExpression() instanceof MethodInvocationTree before
                ? record(before, path)
                : Optional.empty();
    }

    /// `Words.approval` for a method of the API, else an empty text.
    private String called(MethodInvocationTree call, TreePath path) {
        Element method = attributed.trees().getElement(at(call.getMethodSelect(), path));
        boolean api = method != null && method.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().toString().startsWith(ApiNames.PACKAGE + ".");
        return api ? method.getEnclosingElement().getSimpleName() + "." + method.getSimpleName() : "";
    }

    private int offset(ExpressionTree tree, TreePath path) {
        return edits.toOriginal(attributed.trees().getSourcePositions()
                .getStartPosition(path.getCompilationUnit(), tree));
    }

    private static TreePath at(ExpressionTree tree, TreePath path) {
        return new TreePath(path, tree);
    }
}
