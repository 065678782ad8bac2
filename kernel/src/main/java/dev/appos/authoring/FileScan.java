package dev.appos.authoring;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import dev.appos.base.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/// Reads one parsed file into the shape, and notes what must be inserted so that javac takes it as a class.
final class FileScan {

    private static final Pattern SIMPLE_ROUTE = Pattern.compile("/[a-z][a-z0-9_]*(?:[/-][a-z0-9_]+)*");

    /// Types of Java that every file means by their short name.
    private static final Set<String> JAVA_WORDS = Set.of(
            "Object", "String", "Long", "Integer", "Boolean", "BigDecimal", "LocalDate", "Instant", "List", "Map",
            "Override", "Class", "Enum");

    private final SourceFile file;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Shape shape;
    private final Shape.App app;
    private final Faults faults;
    private final Edits edit;
    private final Shape.Imports imports = new Shape.Imports(new HashMap<>(), new ArrayList<>());
    private final List<int[]> bodies = new ArrayList<>();

    FileScan(SourceFile file, CompilationUnitTree unit, SourcePositions positions, Shape shape, Faults faults) {
        this.file = file;
        this.unit = unit;
        this.positions = positions;
        this.shape = shape;
        this.app = shape.app(file.app());
        this.faults = faults;
        this.edit = new Edits(unit.getPackage() != null);
    }

    Edits run() {
        if (unit.getPackage() != null && !unit.getPackage().getPackageName().toString().equals(file.app())) {
            faults.add(file, start(unit.getPackage()), "the package of app " + file.app() + " is " + file.app(),
                    "Write package " + file.app() + "; or leave the line out.");
        }
        unit.getImports().forEach(this::readImport);
        for (Tree tree : unit.getTypeDecls()) {
            if (tree instanceof ClassTree type && isBare(type)) {
                wrap(type);
            } else if (tree instanceof ClassTree type && namedWell(type)) {
                app.types().add(type.getSimpleName().toString());
                declared(type, "");
            }
        }
        return edit;
    }

    /// The text without the bodies of methods.
    String surface() {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int[] body : bodies) {
            if (body[0] >= from) {
                out.append(file.text(), from, body[0]);
                from = body[1];
            }
        }
        return out.append(file.text(), from, file.text().length()).toString();
    }

    private void readImport(ImportTree tree) {
        String name = tree.getQualifiedIdentifier().toString();
        if (tree.isModule() || tree.isStatic()) {
            return;
        }
        if (name.endsWith(".*")) {
            imports.packages().add(name.substring(0, name.length() - 2));
        } else {
            imports.single().put(name.substring(name.lastIndexOf('.') + 1), name);
        }
    }

    /// The implicit class of a compact source file has no header: it starts where its first member starts.
    private boolean isBare(ClassTree type) {
        return !type.getMembers().isEmpty() && start(type) == start(type.getMembers().getFirst());
    }

    private void wrap(ClassTree type) {
        String wrapper = file.wrapper();
        edit.insert(start(type), "public final class " + wrapper + " { ");
        for (Tree member : type.getMembers()) {
            switch (member) {
                case MethodTree method -> {
                    method(method, wrapper);
                    nothingToGuard(method, method.getModifiers(), "RowFilter");
                    nothingToFollow(method);
                }
                case ClassTree nested -> inWrapper(nested, wrapper);
                case VariableTree variable -> state(variable);
                default -> { }
            }
        }
        edit.insert(end(type.getMembers().getLast()), " }");
    }

    private void inWrapper(ClassTree nested, String wrapper) {
        if (annotation(nested.getModifiers(), "Record").isPresent()) {
            String name = nested.getSimpleName().toString();
            faults.add(file, start(nested), "the record " + name + " stands among methods",
                    "Move it to a file of its own: " + file.app() + "/records/" + name + ".java.");
            shape.withheld().add(name);
            return;
        }
        declared(nested, wrapper);
    }

    /// Types with a small letter are the platform's accessors; those with its words would hide them everywhere.
    private boolean namedWell(ClassTree type) {
        String name = type.getSimpleName().toString();
        int offset = afterModifiers(type, type.getModifiers());
        boolean hides = ApiNames.ANNOTATIONS.contains(name) || JAVA_WORDS.contains(name);
        if (hides) {
            faults.add(file, offset, name + " is a word of the platform, and a type of that name would hide it",
                    "Rename it, for example " + Names.capital(file.app()) + name + ".");
        } else if (!name.matches("[A-Z][A-Za-z0-9]*")) {
            faults.add(file, offset, "a type's name is a capital letter and further letters or digits, not " + name,
                    "Rename it.");
        } else {
            return true;
        }
        shape.withheld().add(name);
        shape.withheld().add(Names.camel(Names.snake(name)));
        return false;
    }

    private void declared(ClassTree type, String holder) {
        String name = type.getSimpleName().toString();
        String path = holder.isEmpty() ? name : holder + "." + name;
        Set<Modifier> flags = type.getModifiers().getFlags();
        if (!flags.contains(Modifier.PUBLIC) && !flags.contains(Modifier.PRIVATE)
                && !flags.contains(Modifier.PROTECTED)) {
            edit.insert(start(type), "public ");
        }
        if (!holder.isEmpty() && !flags.contains(Modifier.PRIVATE)) {
            shape.nest(file.app(), name, holder);
        }
        boolean guarded = annotation(type.getModifiers(), "Record").isPresent();
        Set<String> nested = new TreeSet<>();
        List<String> constants = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            switch (member) {
                case MethodTree method -> {
                    method(method, path);
                    if (!guarded) {
                        nothingToGuard(method, method.getModifiers(), "RowFilter");
                        nothingToFollow(method);
                    }
                }
                case VariableTree component when type.getKind() == Tree.Kind.RECORD && !guarded ->
                        nothingToGuard(component, component.getModifiers(), "Restricted");
                case ClassTree inner -> {
                    nested.add(inner.getSimpleName().toString());
                    declared(inner, path);
                }
                case VariableTree constant when isConstant(type, constant) -> {
                    constants.add(constant.getName().toString());
                    shape.nest(file.app(), constant.getName().toString(), path);
                }
                case VariableTree field when type.getKind() == Tree.Kind.CLASS -> state(field);
                default -> { }
            }
        }
        if (type.getKind() == Tree.Kind.ENUM) {
            app.enums().put(path, List.copyOf(constants));
        }
        if (guarded) {
            record(type, holder, nested);
        }
        if (annotation(type.getModifiers(), "Folder").isPresent()) {
            folder(type, holder);
        }
    }

    /// A protection that would protect nothing must not look as if it did.
    private void nothingToGuard(Tree declaration, ModifiersTree modifiers, String name) {
        annotation(modifiers, name).ifPresent(_ -> faults.add(file, afterModifiers(declaration, modifiers),
                "@" + name + " protects nothing here",
                "It works in a @Record(…) record of its own, and nowhere else."));
    }

    private void folder(ClassTree type, String holder) {
        String name = type.getSimpleName().toString();
        if (type.getKind() != Tree.Kind.INTERFACE || !holder.isEmpty() || !type.getMembers().isEmpty()) {
            faults.add(file, start(type), "@Folder stands on something that is not an empty interface of its own",
                    "Write @Folder(…) interface " + name + " {} at the top of a file in folders/.");
            return;
        }
        app.folders().add(new Shape.FolderShape(file, name, afterModifiers(type, type.getModifiers())));
    }

    /// What would never run must not look as if it did.
    private void nothingToFollow(MethodTree method) {
        EventScan.MOMENTS.keySet().forEach(name -> annotation(method.getModifiers(), name).ifPresent(_ -> faults.add(
                file, afterModifiers(method, method.getModifiers()), "@" + name + " runs nothing here",
                "Write it in the record, or @OnEvent(\"app.records.name.created\") on a rule or a process.")));
    }

    private void record(ClassTree type, String holder, Set<String> nested) {
        String name = type.getSimpleName().toString();
        if (type.getKind() != Tree.Kind.RECORD || !holder.isEmpty()) {
            faults.add(file, start(type), "@Record stands on something that is not a record of its own",
                    "Write @Record(…) record " + name + "(…) {} at the top of the file.");
            return;
        }
        RowFilterScan filters = new RowFilterScan(file, positions, unit, faults);
        List<Shape.ComponentShape> components = components(type);
        app.records().add(new Shape.RecordShape(
                file, imports, name, afterModifiers(type, type.getModifiers()), components, nested,
                filters.filters(type), RelationScan.relations(file, unit, positions, type),
                new EventScan(file, faults, type, filters::offset).events()));
        filters.computed(type, components);
        String guarded = filters.guarded(type, components);
        if (!guarded.isEmpty()) {
            edit.insert(end(type) - 1, guarded);
        }
    }

    private List<Shape.ComponentShape> components(ClassTree type) {
        List<Shape.ComponentShape> components = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree v && !v.getModifiers().getFlags().contains(Modifier.STATIC)) {
                Map<String, Integer> annotations = new LinkedHashMap<>();
                for (AnnotationTree a : v.getModifiers().getAnnotations()) {
                    annotations.put(simple(a.getAnnotationType()), start(a));
                }
                components.add(new Shape.ComponentShape(v.getName().toString(), text(v.getType()),
                        annotations.containsKey("BelongsTo"), nameOffset(v), start(v.getType()), annotations));
            }
        }
        return components;
    }

    /// Constants of an enum have no modifiers in the text: they start with their name.
    private boolean isConstant(ClassTree type, VariableTree variable) {
        return type.getKind() == Tree.Kind.ENUM
                && variable.getModifiers().getFlags().contains(Modifier.STATIC)
                && file.text().startsWith(variable.getName().toString(), start(variable));
    }

    private void method(MethodTree method, String holder) {
        if (method.getBody() != null) {
            bodies.add(new int[] {start(method.getBody()), end(method.getBody())});
        }
        for (ObjectKind kind : ObjectKind.values()) {
            annotation(method.getModifiers(), kind.annotation()).ifPresent(a -> object(method, holder, kind, a));
        }
    }

    private void object(MethodTree method, String holder, ObjectKind kind, AnnotationTree annotation) {
        String name = method.getName().toString();
        int offset = afterModifiers(method, method.getModifiers());
        Set<Modifier> flags = method.getModifiers().getFlags();
        if (flags.contains(Modifier.PRIVATE) || method.getBody() == null || !method.getTypeParameters().isEmpty()
                || method.getReturnType() == null) {
            faults.add(file, offset, name + " cannot be called by the platform",
                    "Write it as a plain method with a body, neither private nor with type parameters.");
            shape.withheld().add(name);
            return;
        }
        List<Shape.ParameterShape> parameters = method.getParameters().stream()
                .map(p -> new Shape.ParameterShape(p.getName().toString(), text(p.getType()), start(p.getType())))
                .toList();
        String object = kind == ObjectKind.PAGE ? pageName(annotation, name) : Names.snake(name);
        app.methods().add(new Shape.MethodShape(file, imports, kind, holder, name, object,
                text(method.getReturnType()), parameters, offset, flags.contains(Modifier.STATIC)));
    }

    /// A page is named after its address where that is simple: `/customers` is `pages.customers`.
    private String pageName(AnnotationTree annotation, String method) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals("route")) {
                if (!(assignment.getExpression() instanceof LiteralTree literal)
                        || !(literal.getValue() instanceof String route)) {
                    faults.add(file, start(assignment.getExpression()), "the route is not a plain text",
                            "Write it in quotes: route = \"/customers\".");
                    return Names.snake(method);
                }
                if (!route.startsWith("/")) {
                    faults.add(file, start(literal), "the route \"" + route + "\" does not begin with a slash",
                            "Write \"/" + route + "\".");
                }
                return SIMPLE_ROUTE.matcher(route).matches()
                        ? route.substring(1).replace('/', '_').replace('-', '_')
                        : Names.snake(method);
            }
        }
        return Names.snake(method);
    }

    /// Several servers run the same app: a variable would hold something else on each of them.
    private void state(VariableTree variable) {
        if (!variable.getModifiers().getFlags().contains(Modifier.FINAL)) {
            faults.add(file, nameOffset(variable),
                    "the variable " + variable.getName() + " outside a method would be forgotten between calls",
                    "Keep it in a record, hand it on as an argument, or make it a constant: static final.");
        }
    }

    static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String name) {
        for (AnnotationTree annotation : modifiers.getAnnotations()) {
            String written = annotation.getAnnotationType().toString();
            if (written.equals(name) || written.equals(ApiNames.PACKAGE + "." + name)) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
    }

    private static String simple(Tree annotationType) {
        String name = annotationType.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// Where a declaration begins that follows annotations and modifiers.
    private int afterModifiers(Tree declaration, ModifiersTree modifiers) {
        int offset = Math.max(end(modifiers), start(declaration));
        while (offset < file.text().length() && Character.isWhitespace(file.text().charAt(offset))) {
            offset++;
        }
        return offset;
    }

    private int nameOffset(VariableTree variable) {
        int from = variable.getType() == null ? start(variable) : Math.max(end(variable.getType()), 0);
        int found = file.text().indexOf(variable.getName().toString(), from);
        return found < 0 ? start(variable) : found;
    }

    private String text(Tree tree) {
        return file.text().substring(start(tree), end(tree));
    }

    private int start(Tree tree) {
        return (int) positions.getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
        return (int) positions.getEndPosition(unit, tree);
    }
}
