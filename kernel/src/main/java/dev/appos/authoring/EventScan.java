package dev.appos.authoring;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import dev.appos.object.RecordEvent;
import dev.appos.object.RecordEvent.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import javax.lang.model.element.Modifier;

/// Finds the methods of a record that run when records are created, changed, removed or seen.
final class EventScan {

    /// By the annotation that makes a method one of these.
    static final Map<String, Moment> MOMENTS = Map.of(
            "BeforeCreate", Moment.BEFORE_CREATE, "BeforeUpdate", Moment.BEFORE_UPDATE,
            "BeforeDelete", Moment.BEFORE_DELETE, "OnCreate", Moment.ON_CREATE, "OnUpdate", Moment.ON_UPDATE,
            "OnDelete", Moment.ON_DELETE, "OnView", Moment.ON_VIEW);

    private final SourceFile file;
    private final Faults faults;
    private final ToIntFunction<Tree> nameOffset;
    private final ClassTree record;
    private final List<MethodTree> methods = new ArrayList<>();
    private final List<Shape.EventShape> events = new ArrayList<>();

    /// @param nameOffset where the name of a method stands
    EventScan(SourceFile file, Faults faults, ClassTree record, ToIntFunction<Tree> nameOffset) {
        this.file = file;
        this.faults = faults;
        this.record = record;
        this.nameOffset = nameOffset;
        for (Tree member : record.getMembers()) {
            if (member instanceof MethodTree method) {
                methods.add(method);
            }
        }
    }

    List<Shape.EventShape> events() {
        for (MethodTree method : methods) {
            for (Map.Entry<String, Moment> each : MOMENTS.entrySet()) {
                FileScan.annotation(method.getModifiers(), each.getKey())
                        .ifPresent(annotation -> event(method, annotation, each.getKey(), each.getValue()));
            }
        }
        return events;
    }

    private void event(MethodTree method, AnnotationTree annotation, String word, Moment moment) {
        int offset = nameOffset.applyAsInt(method);
        String name = method.getName().toString();
        List<String> parameters = method.getParameters().stream()
                .map(parameter -> parameter.getType().toString().replaceAll("\\s", "")).toList();
        boolean callable = method.getModifiers().getFlags().contains(Modifier.STATIC)
                && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                && method.getBody() != null
                && method.getTypeParameters().isEmpty()
                && String.valueOf(method.getReturnType()).equals("void");
        boolean first = events.stream().noneMatch(event -> event.event().name().equals(name));
        if (!callable || !first || !fits(moment, parameters)) {
            faults.add(file, offset, "the method " + name + " cannot be called as @" + word,
                    "Write @" + word + " static void " + name + "(" + form(moment) + ") { … }"
                            + (first ? "." : ", under a name of its own."));
            return;
        }
        Optional<String> condition = literal(annotation, "condition").filter(text -> !text.isEmpty());
        if (condition.isPresent() && !condition(condition.get())) {
            faults.add(file, offset, "the record has no condition " + condition.get(),
                    "Write boolean " + condition.get() + "() { return …; } in the record.");
            return;
        }
        int priority = literal(annotation, "priority").map(Integer::parseInt).orElse(0);
        boolean async = moment == Moment.ON_VIEW
                || literal(annotation, "async").map(Boolean::parseBoolean).orElse(false);
        events.add(new Shape.EventShape(
                new RecordEvent(name, moment, priority, condition, async, Optional.empty()), parameters));
    }

    private boolean condition(String name) {
        return methods.stream().anyMatch(method -> method.getName().contentEquals(name)
                && method.getParameters().isEmpty()
                && !method.getModifiers().getFlags().contains(Modifier.STATIC)
                && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                && String.valueOf(method.getReturnType()).equals("boolean"));
    }

    private Optional<String> literal(AnnotationTree annotation, String attribute) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals(attribute)) {
                return switch (assignment.getExpression()) {
                    case LiteralTree literal -> Optional.of(String.valueOf(literal.getValue()));
                    case UnaryTree unary when unary.getExpression() instanceof LiteralTree ->
                            Optional.of(unary.toString().replaceAll("\\s", ""));
                    default -> {
                        faults.add(file, nameOffset.applyAsInt(record),
                                attribute + " of an event is not written plainly",
                                "Write the value itself, for example " + attribute + " = 1.");
                        yield Optional.empty();
                    }
                };
            }
        }
        return Optional.empty();
    }

    /// Whether the inputs are some of those there are, each once.
    private boolean fits(Moment moment, List<String> parameters) {
        String name = record.getSimpleName().toString();
        List<String> open = new ArrayList<>(switch (moment) {
            case BEFORE_CREATE -> List.of(name, name + "Records.Change");
            case BEFORE_UPDATE -> List.of("Row<" + name + ">", name, name + "Records.Change");
            case ON_UPDATE -> List.of("Row<" + name + ">", "Row<" + name + ">");
            case BEFORE_DELETE, ON_CREATE, ON_DELETE, ON_VIEW -> List.of("Row<" + name + ">");
        });
        return parameters.stream().allMatch(open::remove);
    }

    private String form(Moment moment) {
        String name = record.getSimpleName().toString();
        String row = "Row<" + name + ">";
        String word = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return switch (moment) {
            case BEFORE_CREATE -> name + " given, " + name + "Records.Change change";
            case BEFORE_UPDATE -> row + " before, " + name + " after, " + name + "Records.Change change";
            case ON_UPDATE -> row + " before, " + row + " after";
            case BEFORE_DELETE, ON_CREATE, ON_DELETE, ON_VIEW -> row + " " + word;
        };
    }
}
