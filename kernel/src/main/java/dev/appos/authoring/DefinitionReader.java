package dev.appos.authoring;

import com.sun.source.tree.CompilationUnitTree;
import dev.appos.api.Constant;
import dev.appos.api.Durations;
import dev.appos.api.ExpressionRule;
import dev.appos.api.Interface;
import dev.appos.api.Page;
import dev.appos.api.Process;
import dev.appos.api.Schedule;
import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.Pace;
import dev.appos.object.PageDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Source;
import dev.appos.object.Triggers;
import dev.appos.object.ValueType;
import java.lang.annotation.AnnotationTypeMismatchException;
import java.lang.annotation.IncompleteAnnotationException;
import java.time.Duration;
import java.util.ArrayList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Makes the definitions of the objects in one file.
final class DefinitionReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w*)}");

    private static final Duration LONGEST_KEPT = Duration.ofDays(1);

    private final Attributed attributed;
    private final SourceFile file;
    private final AnnotationReader annotations;
    private final TypeNames types;
    private final ListenerReader listeners;
    private final ScheduleReader schedules;

    DefinitionReader(Attributed attributed, SourceFile file, Edits edits, CompilationUnitTree unit) {
        this.attributed = attributed;
        this.file = file;
        this.annotations = new AnnotationReader(attributed, file, edits, unit);
        this.types = new TypeNames(attributed.shape());
        this.listeners = new ListenerReader(attributed, file, annotations);
        this.schedules = new ScheduleReader(attributed, file, edits, unit);
    }

    List<FileFacts.GroupUse> groups() {
        return annotations.groups();
    }

    List<FileFacts.Listener> listeners() {
        return listeners.listeners();
    }

    List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        Shape.App app = attributed.shape().app(file.app());
        RecordReader records = new RecordReader(attributed, file, annotations);
        app.records().stream().filter(r -> r.file().path().equals(file.path()))
                .forEach(r -> type(r.name()).ifPresent(type -> unlessBroken(() -> {
                    definitions.add(records.read(r, type));
                    listeners.read(r, type);
                })));
        FolderReader folders = new FolderReader(attributed, file, annotations);
        app.folders().stream().filter(f -> f.file().path().equals(file.path()))
                .forEach(f -> type(f.name()).ifPresent(type ->
                        unlessBroken(() -> definitions.add(folders.read(f, type)))));
        app.methods().stream().filter(m -> m.file().path().equals(file.path()))
                .forEach(m -> element(m).ifPresent(element -> unlessBroken(() -> {
                    definitions.add(definition(m, element));
                    listeners.read(m, element);
                })));
        return definitions;
    }

    /// Reads an object, unless a member of an annotation is missing or of another type: javac tells of that.
    private static void unlessBroken(Runnable reading) {
        try {
            reading.run();
        } catch (IncompleteAnnotationException | AnnotationTypeMismatchException _) {
            // Nothing can be said of it until it is written right.
        }
    }

    private Definition definition(Shape.MethodShape method, Element element) {
        if (method.kind() != ObjectKind.PROCESS && element.getAnnotationsByType(Schedule.class).length > 0) {
            attributed.faults().add(file, method.offset(), method.name() + " is no process, and has a schedule",
                    "Let a process be started, and call " + method.name() + " in one of its steps.");
        }
        Ref ref = Ref.of(method.ref());
        Source source = new Source(file.path(), file.line(method.offset()));
        return switch (method.kind()) {
            case RULE -> new RuleDefinition(ref, element.getAnnotation(ExpressionRule.class).description(),
                    parameters(method), method.returns(), false, keptFor(method, element),
                    annotations.access(element, ExpressionRule.class, Permission.USE, Permission.ADMIN), source);
            case CONSTANT -> constant(method, element, ref, source);
            case PROCESS -> process(method, element, ref, source);
            case INTERFACE -> screen(method, element, ref, source);
            case PAGE -> {
                Page page = element.getAnnotation(Page.class);
                yield new PageDefinition(ref, page.route(), page.title(), page.icon(),
                        annotations.access(element, Page.class, Permission.VIEW), source);
            }
        };
    }

    private Optional<Duration> keptFor(Shape.MethodShape method, Element element) {
        ExpressionRule rule = element.getAnnotation(ExpressionRule.class);
        int offset = annotations.texts(element, ExpressionRule.class, "cacheTtl").stream()
                .map(AnnotationReader.Text::offset)
                .findFirst()
                .orElse(method.offset());
        try {
            Duration life = Durations.parse(rule.cacheTtl());
            if (life.isPositive() && life.compareTo(LONGEST_KEPT) <= 0) {
                return rule.cacheable() ? Optional.of(life) : Optional.empty();
            }
            attributed.faults().add(file, offset, "an answer cannot be kept for " + rule.cacheTtl(),
                    "Write a time up to a day, such as 5m.");
        } catch (IllegalArgumentException | ArithmeticException e) {
            attributed.faults().add(file, offset, String.valueOf(e.getMessage()), "Write a time such as 5m.");
        }
        return Optional.empty();
    }

    private ConstantDefinition constant(Shape.MethodShape method, Element element, Ref ref, Source source) {
        ValueShape value = ValueShape.ofConstant(types.ofAnswer(method), attributed.shape()).orElseThrow();
        Parameter typed = new Parameter(
                "value", value.type(), value.element().map(ValueShape::type), false, List.of());
        List<Shape.MethodShape> rules = attributed.shape().app(file.app()).methods(ObjectKind.RULE);
        Optional<Ref> validator = Optional.empty();
        for (AnnotationReader.Text text : annotations.texts(element, Constant.class, "validate")) {
            Optional<Shape.MethodShape> rule =
                    rules.stream().filter(each -> each.name().equals(text.value())).findFirst();
            if (rule.isEmpty()) {
                attributed.faults().add(file, text.offset(), "app " + file.app() + " has no rule " + text.value(),
                        Nearest.remedy(text.value(), rules.stream().map(Shape.MethodShape::name).toList()));
            } else if (!judges(rule.get(), value)) {
                attributed.faults().add(file, text.offset(),
                        "the rule " + text.value() + " cannot judge a value of " + method.name(),
                        "Let it take one " + value.java().replaceAll(".*\\.", "") + " and answer a boolean.");
            } else {
                validator = Optional.of(Ref.of(rule.get().ref()));
            }
        }
        return new ConstantDefinition(ref, element.getAnnotation(Constant.class).description(), typed, Map.of(),
                validator, annotations.access(element, Constant.class, Permission.USE, Permission.ADMIN), source);
    }

    private boolean judges(Shape.MethodShape rule, ValueShape value) {
        return ValueShape.boxed(types.ofAnswer(rule)).equals("java.lang.Boolean")
                && rule.parameters().size() == 1
                && ValueShape.boxed(types.ofParameter(rule, rule.parameters().getFirst())).equals(value.java());
    }

    private ProcessDefinition process(Shape.MethodShape method, Element element, Ref ref, Source source) {
        Access access = annotations.access(
                element, Process.class, Permission.VIEW, Permission.USE, Permission.ADMIN);
        if (!access.stated()) {
            attributed.faults().add(file, method.offset(), "nobody may start the process " + method.name(),
                    "Say who may: @Process(use = \"" + file.app() + "_users\").");
        }
        List<String> names = method.parameters().stream().map(Shape.ParameterShape::name).toList();
        for (AnnotationReader.Text text : annotations.texts(element, Process.class, "displayName")) {
            Matcher placeholder = PLACEHOLDER.matcher(text.value());
            while (placeholder.find()) {
                if (!names.contains(placeholder.group(1))) {
                    attributed.faults().add(file, text.offset(),
                            "the process " + method.name() + " has no input " + placeholder.group(1),
                            Nearest.remedy(placeholder.group(1), names));
                }
            }
        }
        Process process = element.getAnnotation(Process.class);
        List<Parameter> parameters = parameters(method);
        return new ProcessDefinition(
                ref, process.description(), process.displayName(), parameters,
                pace(method, process, names).within(timeout(method, element, process)), "", false,
                new Triggers(schedules.read(method, element, parameters), listeners.told(method, element)), access,
                source);
    }

    private Pace pace(Shape.MethodShape method, Process process, List<String> names) {
        if (!process.key().isEmpty() && !names.contains(process.key())) {
            attributed.faults().add(file, method.offset(),
                    "the process " + method.name() + " has no input " + process.key(),
                    Nearest.remedy(process.key(), names));
        }
        Optional<Pace> pace = Pace.of(
                process.concurrency(), process.rate(), Names.snake(process.key()), process.priority());
        if (pace.isEmpty()) {
            attributed.faults().add(file, method.offset(),
                    "the pace of the process " + method.name() + " cannot be read",
                    "Write it like @Process(concurrency = 5, rate = \"100/minute\", priority = 3); priorities are "
                            + "from -9 to 9.");
        }
        return pace.orElse(Pace.FREE);
    }

    private Duration timeout(Shape.MethodShape method, Element element, Process process) {
        try {
            return Durations.parse(process.timeout());
        } catch (IllegalArgumentException unread) {
            int offset = annotations.texts(element, Process.class, "timeout").stream()
                    .mapToInt(AnnotationReader.Text::offset).findFirst().orElse(method.offset());
            attributed.faults().add(file, offset, String.valueOf(unread.getMessage()),
                    "Say how long the process may take: timeout = \"7d\".");
            return Duration.ZERO;
        }
    }

    private InterfaceDefinition screen(Shape.MethodShape method, Element element, Ref ref, Source source) {
        Shape.App app = attributed.shape().app(file.app());
        List<String> known = app.records().stream().map(Shape.RecordShape::accessor).toList();
        Optional<Ref> record = Optional.empty();
        for (AnnotationReader.Text text : annotations.texts(element, Interface.class, "record")) {
            if (known.contains(text.value())) {
                record = Optional.of(new Ref(file.app(), "records", Names.snake(text.value())));
            } else {
                attributed.faults().add(file, text.offset(),
                        "app " + file.app() + " has no record " + text.value(), Nearest.remedy(text.value(), known));
            }
        }
        return new InterfaceDefinition(ref, record, element.getAnnotation(Interface.class).type(),
                annotations.access(element, Interface.class, Permission.VIEW), source);
    }

    private List<Parameter> parameters(Shape.MethodShape method) {
        List<Parameter> parameters = new ArrayList<>();
        for (Shape.ParameterShape p : method.parameters()) {
            ValueShape.of(types.ofParameter(method, p), attributed.shape()).ifPresent(value -> {
                Optional<ValueType> element = value.element().map(ValueShape::type);
                List<String> choices = value.element().map(ValueShape::choices).orElse(value.choices());
                parameters.add(new Parameter(
                        Names.snake(p.name()), value.type(), element, !value.primitive(), choices));
            });
        }
        return parameters;
    }

    private Optional<TypeElement> type(String path) {
        return Optional.ofNullable(attributed.elements().getTypeElement(file.app() + "." + path));
    }

    private Optional<Element> element(Shape.MethodShape method) {
        return type(method.holder()).flatMap(type -> type.getEnclosedElements().stream()
                .filter(e -> e.getSimpleName().contentEquals(method.name()))
                .filter(e -> attributed.names().body(e).filter(kind -> kind == method.kind()).isPresent())
                .findFirst().map(Element.class::cast));
    }
}
