package dev.appos.authoring;

import dev.appos.base.Names;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the accessors of every app: `records`, `rules`, `constants`, `processes`, `interfaces`, one `XRecords` per
/// record, and `bodies`. All of them always exist, so that `rules` means the own app's rules and nothing else.
final class Generator {

    /// `Rule0` to `Rule4`: a rule of more inputs has no name that can be handed on.
    static final int MOST_INPUTS = 4;

    private final Shape shape;
    private final TypeNames types;
    private final SortedMap<String, String> sources = new TreeMap<>();

    private Generator(Shape shape) {
        this.shape = shape;
        this.types = new TypeNames(shape);
    }

    /// The generated sources by path: `crm/records.java`.
    static SortedMap<String, String> generate(Shape shape) {
        Generator generator = new Generator(shape);
        shape.apps().forEach(generator::app);
        return generator.sources;
    }

    private void app(String name, Shape.App app) {
        RecordSetWriter recordSets = new RecordSetWriter(shape);
        app.records().forEach(r -> put(name, r.name() + "Records", recordSets.write(r)));
        shelf(name, "records", app.records().stream().map(this::record));
        shelf(name, "rules", app.methods(ObjectKind.RULE).stream().map(this::rule));
        shelf(name, "constants", app.methods(ObjectKind.CONSTANT).stream().map(this::constant));
        shelf(name, "processes", app.methods(ObjectKind.PROCESS).stream().map(this::process));
        shelf(name, "interfaces", app.methods(ObjectKind.INTERFACE).stream().map(this::screen));
        put(name, BodiesWriter.CLASS, new BodiesWriter(shape).write(name, app.methods(), app.records()));
    }

    private void shelf(String app, String name, Stream<String> members) {
        put(app, name, """
                package %1$s;

                /// The %2$s of %1$s.
                public final class %2$s {
                    private %2$s() {}
                %3$s}
                """.formatted(app, name, members.collect(Collectors.joining())));
    }

    private String record(Shape.RecordShape record) {
        return """

                    /// %1$s
                    @dev.appos.api.ObjectRef("%2$s")
                    public static final %3$sRecords %4$s = new %3$sRecords();
                """.formatted(record.file().path(), record.ref(), record.name(), record.accessor());
    }

    /// A field and a method of one name: `rules.x` is the named object, `rules.x(1)` is the call.
    private String rule(Shape.MethodShape rule) {
        List<String> inputs = rule.parameters().stream().map(p -> types.ofParameter(rule, p)).toList();
        String answer = types.ofAnswer(rule);
        String arguments = Stream.concat(inputs.stream(), Stream.of(answer))
                .map(ValueShape::boxed).collect(Collectors.joining(", "));
        String call = "rules.%s.call(%s)".formatted(rule.name(), names(rule));
        return """

                    /// %1$s
                    @dev.appos.api.ObjectRef("%2$s")
                    public static final dev.appos.api.Rule%3$d<%4$s> %5$s = new dev.appos.api.Rule%3$d<>("%2$s");
                    @dev.appos.api.ObjectRef("%2$s")
                    public static %6$s %5$s(%7$s) { %8$s; }
                """.formatted(rule.file().path(), rule.ref(), inputs.size(), arguments, rule.name(), answer,
                parameters(rule), answer.equals("void") ? call : "return " + call);
    }

    /// A field and a method of one name, as for a rule: `constants.x` is the named object, `constants.x()` its value.
    private String constant(Shape.MethodShape constant) {
        String value = ValueShape.ofConstant(types.ofAnswer(constant), shape).map(ValueShape::java).orElseThrow();
        return """

                    /// %1$s
                    @dev.appos.api.ObjectRef("%2$s")
                    public static final dev.appos.api.Const %3$s = new dev.appos.api.Const("%2$s");
                    @dev.appos.api.ObjectRef("%2$s")
                    @SuppressWarnings("unchecked") // the platform keeps values of the type the author wrote
                    public static %4$s %3$s() {
                        return (%4$s) dev.appos.api.Door.current().constant("%2$s");
                    }
                """.formatted(constant.file().path(), constant.ref(), constant.name(), value);
    }

    private String process(Shape.MethodShape process) {
        String answer = types.ofAnswer(process);
        String run = "dev.appos.api.Flow.current().child(\"%s\", new java.lang.Object[] {%s})"
                .formatted(process.ref(), names(process));
        String typed = answer.equals("void") ? run : "return (" + ValueShape.boxed(answer) + ") " + run;
        return """

                    /// %1$s
                    @dev.appos.api.ObjectRef("%2$s")
                    public static final %3$s %4$s = new %3$s();
                    @dev.appos.api.ObjectRef("%2$s")
                    public static final class %3$s {
                        private %3$s() {}
                        @dev.appos.api.Writes
                        public java.util.UUID start(%5$s) {
                            return dev.appos.api.Door.current().start("%2$s", new java.lang.Object[] {%6$s});
                        }
                        @SuppressWarnings("unchecked") // the process states its own type
                        public %7$s run(%5$s) { %8$s; }
                        @dev.appos.api.Writes
                        public void signal(java.util.UUID instance, java.lang.String name, java.lang.Object value) {
                            dev.appos.api.Door.current().signal("%2$s", instance, name, value);
                        }
                    }
                """.formatted(process.file().path(), process.ref(), Names.capital(process.name()) + "Process",
                process.name(), parameters(process), names(process), answer, typed);
    }

    /// A plain call: an interface inside another is part of the same render.
    private String screen(Shape.MethodShape screen) {
        String holder = screen.isStatic() ? screen.holder() : "new " + screen.holder() + "()";
        return """

                    /// %1$s
                    @dev.appos.api.ObjectRef("%2$s")
                    public static dev.appos.api.Ui %3$s() { return %4$s.%3$s(); }
                """.formatted(screen.file().path(), screen.ref(), screen.name(), holder);
    }

    private String parameters(Shape.MethodShape method) {
        return method.parameters().stream()
                .map(p -> types.ofParameter(method, p) + " " + p.name()).collect(Collectors.joining(", "));
    }

    private static String names(Shape.MethodShape method) {
        return method.parameters().stream().map(Shape.ParameterShape::name).collect(Collectors.joining(", "));
    }

    private void put(String app, String name, String text) {
        sources.put(app + "/" + name + ".java", text);
    }
}
