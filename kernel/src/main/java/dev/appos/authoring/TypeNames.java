package dev.appos.authoring;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a type as an author wrote it into one that reads the same anywhere: `Map<String, Status>` becomes
/// `java.util.Map<java.lang.String,crm.Customer.Status>`. A name that nobody has stays as it is.
final class TypeNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*");

    private final Shape shape;

    TypeNames(Shape shape) {
        this.shape = shape;
    }

    String ofComponent(Shape.RecordShape record, Shape.ComponentShape component) {
        return full(component.type(), record.file().app(), record.name(), record.imports());
    }

    String ofRelation(Shape.RecordShape record, Shape.RelationShape relation) {
        return full(relation.type(), record.file().app(), record.name(), record.imports());
    }

    String ofParameter(Shape.MethodShape method, Shape.ParameterShape parameter) {
        return full(parameter.type(), method.file().app(), method.holder(), method.imports());
    }

    String ofAnswer(Shape.MethodShape method) {
        return full(method.returns(), method.file().app(), method.holder(), method.imports());
    }

    private String full(String written, String app, String holder, Shape.Imports imports) {
        String dense = written.replaceAll("\\s*([<>,.\\[\\]])\\s*", "$1");
        Matcher matcher = NAME.matcher(dense);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group();
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            String rest = dot < 0 ? "" : name.substring(dot);
            matcher.appendReplacement(out, Matcher.quoteReplacement(first(first, app, holder, imports) + rest));
        }
        return matcher.appendTail(out).toString();
    }

    private String first(String name, String app, String holder, Shape.Imports imports) {
        Shape.App own = shape.app(app);
        Set<String> holders = own.nested().getOrDefault(name, Set.of());
        for (String outer = holder; !outer.isEmpty(); outer = outer(outer)) {
            if (holders.contains(outer)) {
                return app + "." + outer + "." + name;
            }
        }
        if (imports.single().containsKey(name)) {
            return imports.single().get(name);
        }
        if (own.types().contains(name)) {
            return app + "." + name;
        }
        if (shape.holder(app, name).isPresent()) {
            return app + "." + shape.holder(app, name).get() + "." + name;
        }
        for (String imported : imports.packages()) {
            if (shape.apps().containsKey(imported) && shape.app(imported).types().contains(name)) {
                return imported + "." + name;
            }
        }
        if (ApiNames.TYPES.contains(name)) {
            return ApiNames.PACKAGE + "." + name;
        }
        return SafeClasses.qualified(name);
    }

    private static String outer(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
