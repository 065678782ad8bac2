package dev.appos.authoring;

import dev.appos.api.OnEvent;
import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.object.RecordEvent.Moment;
import dev.appos.object.RecordEvent;
import dev.appos.object.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Reads which rules and processes want to hear of the records of this and other apps.
final class ListenerReader {

    private static final Map<String, Moment> WORDS = new TreeMap<>(Map.of(
            "created", Moment.ON_CREATE, "updated", Moment.ON_UPDATE, "deleted", Moment.ON_DELETE,
            "viewed", Moment.ON_VIEW));

    private static final Map<String, Moment> ATTRIBUTES = new TreeMap<>(Map.of(
            "onCreate", Moment.ON_CREATE, "onUpdate", Moment.ON_UPDATE, "onDelete", Moment.ON_DELETE));

    private static final Pattern TOLD = Pattern.compile("[a-z][a-z0-9_]*\\.events\\.\\S+");

    private final Attributed attributed;
    private final SourceFile file;
    private final AnnotationReader annotations;
    private final TypeNames types;
    private final List<FileFacts.Listener> listeners = new ArrayList<>();

    ListenerReader(Attributed attributed, SourceFile file, AnnotationReader annotations) {
        this.attributed = attributed;
        this.file = file;
        this.annotations = annotations;
        this.types = new TypeNames(attributed.shape());
    }

    /// Everything found so far.
    List<FileFacts.Listener> listeners() {
        return listeners;
    }

    /// The rules and processes that a record names: `@Record(onCreate = "welcome")`.
    void read(Shape.RecordShape record, TypeElement type) {
        Shape.App app = attributed.shape().app(file.app());
        ATTRIBUTES.forEach((attribute, moment) -> {
            for (AnnotationReader.Text text : annotations.texts(type, dev.appos.api.Record.class, attribute)) {
                List<Shape.MethodShape> known = Stream.concat(
                        app.methods(ObjectKind.RULE).stream(), app.methods(ObjectKind.PROCESS).stream()).toList();
                known.stream().filter(method -> method.name().equals(text.value())).findFirst().ifPresentOrElse(
                        method -> add(record.ref(), moment, 0, Optional.empty(), method, text),
                        () -> attributed.faults().add(file, text.offset(),
                                "app " + file.app() + " has no rule or process " + text.value(),
                                Nearest.remedy(text.value(), known.stream().map(Shape.MethodShape::name).toList())));
            }
        });
    }

    /// What a rule or a process listens to: `@OnEvent("crm.records.customer.created")`.
    void read(Shape.MethodShape method, Element element) {
        OnEvent declared = element.getAnnotation(OnEvent.class);
        if (declared == null) {
            return;
        }
        Optional<Ref> when = when(method, element);
        for (AnnotationReader.Text text : annotations.texts(element, OnEvent.class, "value")) {
            if (TOLD.matcher(text.value()).matches()) {
                told(method, text);
                continue;
            }
            int dot = text.value().lastIndexOf('.');
            String ref = dot < 0 ? "" : text.value().substring(0, dot);
            Moment moment = WORDS.get(text.value().substring(dot + 1));
            List<String> records = attributed.shape().records().map(Shape.RecordShape::ref).toList();
            if (method.kind() != ObjectKind.RULE && method.kind() != ObjectKind.PROCESS) {
                attributed.faults().add(file, text.offset(), method.name() + " is neither a rule nor a process",
                        "Let a rule or a process listen.");
            } else if (moment == null) {
                attributed.faults().add(file, text.offset(), text.value() + " names no event",
                        "End it with one of " + String.join(", ", WORDS.keySet())
                                + ": crm.records.customer.created.");
            } else if (!records.contains(ref)) {
                attributed.faults().add(
                        file, text.offset(), "there is no record " + ref, Nearest.remedy(ref, records));
            } else {
                add(ref, moment, declared.priority(), when, method, text);
            }
        }
    }

    /// What apps tell of that this process listens to: `@OnEvent("crm.events.order_paid")`.
    List<Triggers.Told> told(Shape.MethodShape method, Element element) {
        Optional<Ref> when = Optional.ofNullable(element.getAnnotation(OnEvent.class))
                .map(OnEvent::when).filter(name -> !name.isBlank())
                .map(name -> new Ref(file.app(), "rules", Names.snake(name)));
        return annotations.texts(element, OnEvent.class, "value").stream()
                .map(AnnotationReader.Text::value)
                .filter(event -> TOLD.matcher(event).matches())
                .map(event -> new Triggers.Told(event, when))
                .toList();
    }

    private void told(Shape.MethodShape method, AnnotationReader.Text text) {
        String app = text.value().substring(0, text.value().indexOf('.'));
        Set<String> apps = attributed.shape().apps().keySet();
        if (method.kind() != ObjectKind.PROCESS) {
            attributed.faults().add(file, text.offset(), "only a process listens to what an app tells",
                    "Let a process listen, and call " + method.name() + " in one of its steps.");
        } else if (!apps.contains(app)) {
            attributed.faults().add(file, text.offset(), "there is no app " + app, Nearest.remedy(app, apps));
        }
    }

    /// The rule that says which events are meant.
    private Optional<Ref> when(Shape.MethodShape method, Element element) {
        List<Shape.MethodShape> rules = attributed.shape().app(file.app()).methods(ObjectKind.RULE);
        Optional<Ref> when = Optional.empty();
        for (AnnotationReader.Text text : annotations.texts(element, OnEvent.class, "when")) {
            Optional<Shape.MethodShape> rule =
                    rules.stream().filter(each -> each.name().equals(text.value())).findFirst();
            List<String> inputs = inputs(method);
            if (rule.isEmpty()) {
                attributed.faults().add(file, text.offset(), "app " + file.app() + " has no rule " + text.value(),
                        Nearest.remedy(text.value(), rules.stream().map(Shape.MethodShape::name).toList()));
            } else if (!ValueShape.boxed(types.ofAnswer(rule.get())).equals("java.lang.Boolean")
                    || !inputs(rule.get()).equals(inputs)) {
                attributed.faults().add(file, text.offset(),
                        "the rule " + text.value() + " cannot say when " + method.name() + " is meant",
                        "Let it take the inputs of " + method.name() + " and answer a boolean.");
            } else {
                when = Optional.of(Ref.of(rule.get().ref()));
            }
        }
        return when;
    }

    private List<String> inputs(Shape.MethodShape method) {
        return method.parameters().stream().map(each -> ValueShape.boxed(types.ofParameter(method, each))).toList();
    }

    private void add(
            String record, Moment moment, int priority, Optional<Ref> when, Shape.MethodShape method,
            AnnotationReader.Text text) {
        List<String> inputs = method.parameters().stream().map(p -> types.ofParameter(method, p)).toList();
        boolean fits = inputs.size() <= 2
                && (inputs.isEmpty() || ValueShape.boxed(inputs.getFirst()).equals("java.lang.Long"))
                && (inputs.size() < 2 || inputs.get(1).startsWith("java.util.Map<"));
        if (!fits) {
            attributed.faults().add(file, text.offset(), method.name() + " cannot be told of an event",
                    "Let it take the id as a long, and if it wants a Map<String, Object> of what happened.");
            return;
        }
        RecordEvent event = new RecordEvent(
                method.ref(), moment, priority, when.map(Ref::toString), true, Optional.of(Ref.of(method.ref())));
        listeners.add(new FileFacts.Listener(record, event, file.path(), file.line(text.offset())));
    }
}
