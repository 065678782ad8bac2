package dev.appos.authoring;

import dev.appos.object.ValueType;
import dev.appos.registry.CodeLoader;
import java.util.ArrayList;
import java.util.List;

/// Writes `bodies`: the one class of an app through which the platform calls what its author wrote.
final class BodiesWriter {

    /// The simple name of the class. Authors may not name it: it goes past the door.
    static final String CLASS = CodeLoader.BODIES;

    private final Shape shape;
    private final TypeNames types;

    BodiesWriter(Shape shape) {
        this.shape = shape;
        this.types = new TypeNames(shape);
    }

    String write(String app, List<Shape.MethodShape> methods, List<Shape.RecordShape> records) {
        StringBuilder cases = new StringBuilder();
        for (Shape.MethodShape method : methods) {
            String call = call(method);
            cases.append("            case \"%s\" -> ".formatted(method.shelfName()));
            cases.append(method.returns().equals("void") ? "{ " + call + "; yield null; }\n" : call + ";\n");
        }
        for (Shape.RecordShape record : records) {
            record.components().stream().filter(Shape.ComponentShape::computed).forEach(each -> cases.append(
                    "            case \"computed.%1$s.%2$s\" -> %3$s.%4$s.%2$s(new %3$s.%4$sRecords.Fields(\"\"));\n"
                            .formatted(record.object(), each.name(), app, record.name())));
            record.filters().forEach(filter -> cases.append(
                    "            case \"filters.%1$s.%2$s\" -> %3$s.%4$s.%2$s(new %3$s.%4$sRecords.Fields(\"\"));\n"
                            .formatted(record.object(), filter.name(), app, record.name())));
        }
        records.forEach(record -> cases.append(EventBodies.write(app, record)));
        String unknown = "throw new java.lang.IllegalArgumentException(\"no body: " + app + ".\" + object);\n";
        String all = cases.isEmpty()
                ? "        " + unknown
                : "        return switch (object) {\n" + cases + "            default -> " + unknown + "        };\n";
        return """
                package %1$s;

                /// The bodies of %1$s.
                public final class bodies implements dev.appos.api.AppCode {
                    @Override
                    @SuppressWarnings("unchecked") // the platform passes what the parameters say
                    public java.lang.Object call(java.lang.String object, java.lang.Object[] arguments)
                            throws java.lang.Throwable {
                %2$s    }

                    private static java.lang.String name(java.lang.Object value) {
                        return value instanceof java.lang.Enum<?> choice ? choice.name() : (java.lang.String) value;
                    }

                %3$s}
                """.formatted(app, all, EventBodies.helpers());
    }

    private String call(Shape.MethodShape method) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < method.parameters().size(); i++) {
            String type = types.ofParameter(method, method.parameters().get(i));
            arguments.add(argument(type, "arguments[" + i + "]"));
        }
        return holder(method) + "." + method.name() + "(" + String.join(", ", arguments) + ")";
    }

    /// A fresh object for each call: nothing can be left behind in it.
    private static String holder(Shape.MethodShape method) {
        return method.isStatic() ? method.holder() : "new " + method.holder() + "()";
    }

    private String argument(String type, String value) {
        return ValueShape.of(type, shape).map(shape -> switch (shape.type()) {
            case CHOICE -> "%1$s == null ? null : %2$s.valueOf(name(%1$s))".formatted(value, type);
            case LIST -> list(shape, value);
            case TEXT, INTEGER, LONG, DECIMAL, BOOLEAN, DATE, INSTANT, TIME, DURATION, UUID, MAP, REFERENCE ->
                    "(" + shape.java() + ") " + value;
        }).orElse("(" + type + ") " + value);
    }

    private static String list(ValueShape list, String value) {
        boolean choices = list.element().map(e -> e.type() == ValueType.CHOICE).orElse(false);
        return choices
                ? "%1$s == null ? null : ((java.util.List<?>) %1$s).stream().map(v -> %2$s.valueOf(name(v))).toList()"
                        .formatted(value, list.element().get().java())
                : "(" + list.java() + ") " + value;
    }
}
