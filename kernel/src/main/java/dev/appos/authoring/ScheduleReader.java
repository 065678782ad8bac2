package dev.appos.authoring;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.appos.base.Names;
import dev.appos.object.Cron;
import dev.appos.object.Parameter;
import dev.appos.object.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/// Reads when a process starts by itself: `@Schedule("0 2 * * *")`.
final class ScheduleReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    private final Attributed attributed;
    private final SourceFile file;
    private final Edits edits;
    private final CompilationUnitTree unit;

    ScheduleReader(Attributed attributed, SourceFile file, Edits edits, CompilationUnitTree unit) {
        this.attributed = attributed;
        this.file = file;
        this.edits = edits;
        this.unit = unit;
    }

    /// @param parameters of the process
    List<Schedule> read(Shape.MethodShape method, Element element, List<Parameter> parameters) {
        dev.appos.api.Schedule[] declared = element.getAnnotationsByType(dev.appos.api.Schedule.class);
        List<AnnotationTree> trees = trees(element);
        List<Schedule> schedules = new ArrayList<>();
        for (int i = 0; i < declared.length; i++) {
            AnnotationTree tree = i < trees.size() ? trees.get(i) : null;
            schedule(method, declared[i], declared.length > 1, tree).ifPresent(schedules::add);
        }
        Optional<Parameter> asked = parameters.stream().filter(each -> !each.nullable()).findFirst();
        if (declared.length > 0 && asked.isPresent()) {
            attributed.faults().add(file, offset(method, trees.isEmpty() ? null : trees.getFirst(), ""),
                    "a schedule has no " + asked.get().name() + " to start " + method.name() + " with",
                    "Take the input away, or start the process from one that a schedule starts.");
        }
        return schedules;
    }

    private Optional<Schedule> schedule(
            Shape.MethodShape method, dev.appos.api.Schedule declared, boolean several,
            @Nullable AnnotationTree tree) {
        String name = declared.name().isEmpty() ? Names.snake(method.name()) : declared.name();
        if (!NAME.matcher(name).matches() || several && declared.name().isEmpty()) {
            attributed.faults().add(file, offset(method, tree, "name"),
                    several && declared.name().isEmpty()
                            ? "one of several schedules of " + method.name() + " has no name"
                            : "\"" + name + "\" cannot be the name of a schedule",
                    "Write name = \"every_night\" in small letters, digits and underscores.");
            return Optional.empty();
        }
        try {
            Cron cron = Cron.of(declared.value(), declared.zone());
            return Optional.of(new Schedule(
                    file.app() + ".schedules." + name, cron, declared.missed(), declared.enabled(),
                    Optional.of(declared.runsAs()).filter(account -> !account.isBlank())));
        } catch (Cron.Fault fault) {
            boolean zone = fault.getMessage().contains("time zone");
            attributed.faults().add(
                    file, offset(method, tree, zone ? "zone" : "value"), fault.getMessage(), fault.remedy());
            return Optional.empty();
        }
    }

    private List<AnnotationTree> trees(Element element) {
        if (!(attributed.trees().getTree(element) instanceof MethodTree method)) {
            return List.of();
        }
        return method.getModifiers().getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().replaceFirst("^.*\\.", "").equals("Schedule"))
                .<AnnotationTree>map(each -> each)
                .toList();
    }

    /// Where an attribute stands, else where the annotation does, else where the method does.
    private int offset(
            Shape.MethodShape method, @Nullable AnnotationTree tree, String attribute) {
        if (tree == null) {
            return method.offset();
        }
        Tree place = tree;
        for (ExpressionTree argument : tree.getArguments()) {
            if (argument instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals(attribute)) {
                place = assignment.getExpression();
            }
        }
        long start = attributed.trees().getSourcePositions().getStartPosition(unit, place);
        return start < 0 ? method.offset() : edits.toOriginal(start);
    }
}
