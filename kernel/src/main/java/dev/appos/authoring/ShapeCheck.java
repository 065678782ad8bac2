package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.object.RecordDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;

/// Checks what can be told from the shape alone, and withholds from the generator what it could not write.
final class ShapeCheck {

    /// PostgreSQL cuts longer names.
    private static final int LONGEST_NAME = 63;

    /// What an input of that name would hide.
    private static final Set<String> WORDS =
            Set.of("records", "rules", "constants", "processes", "interfaces", "dev", "java");

    private final Shape shape;
    private final TypeNames types;
    private final Faults faults;

    ShapeCheck(Shape shape, Faults faults) {
        this.shape = shape;
        this.types = new TypeNames(shape);
        this.faults = faults;
    }

    void run() {
        shape.apps().values().forEach(app -> {
            duplicateRecords(app);
            duplicateFolders(app);
            app.records().removeIf(record -> !generable(record));
            app.records().forEach(this::components);
            for (ObjectKind kind : ObjectKind.values()) {
                duplicateMethods(app, kind);
            }
            app.methods().removeIf(method -> !generable(method));
        });
    }

    private void duplicateRecords(Shape.App app) {
        Map<String, Shape.RecordShape> seen = new HashMap<>();
        Map<String, Shape.RecordShape> plurals = new HashMap<>();
        app.records().removeIf(record -> {
            Shape.RecordShape first = seen.putIfAbsent(record.object(), record);
            Shape.RecordShape table = plurals.putIfAbsent(Names.plural(record.object()), record);
            Shape.RecordShape clash = first == null ? table : first;
            if (clash != null) {
                twice(record.file(), record.offset(), record.name(), clash.file(), clash.offset());
            }
            return clash != null;
        });
    }

    /// `SignedForm` and `Signed_form` would be one folder.
    private void duplicateFolders(Shape.App app) {
        Map<String, Shape.FolderShape> seen = new HashMap<>();
        app.folders().removeIf(folder -> {
            Shape.FolderShape first = seen.putIfAbsent(folder.object(), folder);
            if (first != null) {
                twice(folder.file(), folder.offset(), folder.ref(), first.file(), first.offset());
            }
            return first != null;
        });
    }

    private void duplicateMethods(Shape.App app, ObjectKind kind) {
        Map<String, Shape.MethodShape> seen = new HashMap<>();
        app.methods().removeIf(method -> {
            Shape.MethodShape first = method.kind() == kind ? seen.putIfAbsent(method.object(), method) : null;
            if (first != null) {
                twice(method.file(), method.offset(), method.ref(), first.file(), first.offset());
            }
            return first != null;
        });
    }

    private void twice(SourceFile file, int offset, String name, SourceFile first, int firstOffset) {
        faults.add(file, offset, name + " is declared twice in app " + file.app(),
                "Rename one: the other is at " + first.path() + ":" + first.line(firstOffset) + ".");
    }

    private boolean generable(Shape.RecordShape record) {
        String name = record.name();
        SourceFile file = record.file();
        Optional<String> fault = Optional.empty();
        if (SourceVersion.isKeyword(record.accessor())) {
            fault = Optional.of("records." + record.accessor() + " is a word of Java");
        } else if (shape.app(file.app()).types().contains(name + "Records")) {
            fault = Optional.of(name + "Records is what the platform calls its accessor of " + name);
        } else if (Names.plural(record.object()).equals("folders")) {
            fault = Optional.of("folders is what the platform calls the folders of documents in an app");
        } else if (Names.plural(record.object()).length() > LONGEST_NAME) {
            fault = Optional.of("the table " + Names.plural(record.object()) + " has a longer name than "
                    + LONGEST_NAME + " bytes");
        }
        fault.ifPresent(message -> {
            faults.add(file, record.offset(), message, "Rename the record, for example "
                    + Names.capital(file.app()) + (name.length() > 20 ? name.substring(0, 20) : name) + ".");
            shape.withheld().add(name);
            shape.withheld().add(record.accessor());
        });
        return fault.isEmpty();
    }

    private void components(Shape.RecordShape record) {
        Map<String, String> columns = new HashMap<>();
        for (Shape.ComponentShape component : record.components()) {
            SourceFile file = record.file();
            String column = component.column();
            if (RecordDefinition.SYSTEM_COLUMNS.contains(column)) {
                faults.add(file, component.offset(), "the column " + column + " is the platform's",
                        "Rename " + component.name() + ": every record has id, version, created_at, … already.");
            } else if (column.length() > LONGEST_NAME) {
                faults.add(file, component.offset(),
                        "the column " + column + " has a longer name than " + LONGEST_NAME + " bytes",
                        "Shorten " + component.name() + ".");
            } else if (!component.name().matches("[a-z][A-Za-z0-9]*")) {
                faults.add(file, component.offset(), "a field's name is letters and digits, not " + component.name(),
                        "Write it like creditLimit.");
            } else if (columns.putIfAbsent(column, component.name()) != null) {
                faults.add(file, component.offset(), "two fields make the column " + column,
                        "Rename " + component.name() + " or " + columns.get(column) + ".");
            }
            if (types.ofComponent(record, component).equals(ValueShape.MONEY)
                    && columns.putIfAbsent(Names.snake(component.currency()), component.name()) != null) {
                faults.add(file, component.offset(),
                        "the currency of " + component.name() + " is kept in " + component.currency(),
                        "Take that field away, or rename it.");
            }
            componentType(record, component);
        }
    }

    private void componentType(Shape.RecordShape record, Shape.ComponentShape component) {
        String full = types.ofComponent(record, component);
        Optional<Shape.RecordShape> target = shape.record(full);
        String written = component.type();
        if (component.belongsTo() && target.isEmpty()) {
            unknownTarget(record, component);
        } else if (!component.belongsTo() && target.isPresent()) {
            faults.add(record.file(), component.typeOffset(), written + " is a record of its own",
                    "Write @BelongsTo " + written + " " + component.name() + ".");
        } else if (!component.belongsTo()
                && !full.equals(ValueShape.MONEY)
                && ValueShape.of(full, shape).filter(ValueShape::fitsField).isEmpty()
                && !ownerOf(record.file().app(), written, record.file(), component.typeOffset())) {
            boolean floating = Set.of("double", "float", "Double", "Float").contains(written);
            faults.add(record.file(), component.typeOffset(), "a field cannot hold " + written,
                    floating ? "Use BigDecimal: it is exact." : "Use " + ValueShape.SUPPORTED
                            + ", a List of these or Map<String, Object>; another record with @BelongsTo.");
        }
    }

    private void unknownTarget(Shape.RecordShape record, Shape.ComponentShape component) {
        String app = record.file().app();
        if (ownerOf(app, component.type(), record.file(), component.typeOffset())) {
            return;
        }
        Set<String> known = new TreeSet<>();
        shape.records().forEach(r ->
                known.add(r.file().app().equals(app) ? r.name() : r.file().app() + "." + r.name()));
        faults.add(record.file(), component.typeOffset(), "there is no record " + component.type(),
                Nearest.remedy(component.type(), known));
    }

    /// Tells an author who wrote another app's record bare where it is.
    private boolean ownerOf(String app, String type, SourceFile file, int offset) {
        Optional<String> owner = shape.records()
                .filter(r -> r.name().equals(type) && !r.file().app().equals(app))
                .map(r -> r.file().app()).findFirst();
        boolean foreign = owner.isPresent() && !shape.app(app).types().contains(type);
        if (foreign) {
            faults.add(file, offset, type + " is a record of app " + owner.get(),
                    "Write " + owner.get() + "." + type + ": the prefix is the declaration.");
        }
        return foreign;
    }

    private boolean generable(Shape.MethodShape method) {
        if (!method.name().matches("[a-z][A-Za-z0-9_]*") || method.object().length() > LONGEST_NAME) {
            faults.add(method.file(), method.offset(), method.name() + " cannot name an object",
                    "Use letters and digits, a small letter first, and at most " + LONGEST_NAME + " of them.");
            shape.withheld().add(method.name());
            return false;
        }
        boolean fits = switch (method.kind()) {
            case RULE -> arity(method) & parameters(method);
            case CONSTANT -> constant(method);
            case PROCESS -> parameters(method);
            case INTERFACE, PAGE -> screen(method);
        };
        if (!fits) {
            shape.withheld().add(method.name());
        }
        return fits;
    }

    private boolean constant(Shape.MethodShape method) {
        if (!method.parameters().isEmpty()) {
            faults.add(method.file(), method.parameters().getFirst().offset(), "a constant has no inputs",
                    "Make it a rule: @ExpressionRule.");
            return false;
        }
        if (ValueShape.ofConstant(types.ofAnswer(method), shape).isEmpty()) {
            faults.add(method.file(), method.offset(), "a constant cannot be " + method.returns(),
                    "Use String, long, int, boolean, BigDecimal, LocalDate, Instant, a List of these or "
                            + "Map<String, Object>; or a ByEnvironment of one.");
            return false;
        }
        return true;
    }

    private boolean arity(Shape.MethodShape rule) {
        if (rule.parameters().size() <= Generator.MOST_INPUTS) {
            return true;
        }
        faults.add(rule.file(), rule.parameters().get(Generator.MOST_INPUTS).offset(),
                "the rule " + rule.name() + " has more than " + Generator.MOST_INPUTS + " inputs",
                "Hand several of them on as one Map<String, Object>, or split the rule.");
        return false;
    }

    private boolean parameters(Shape.MethodShape method) {
        boolean fits = true;
        for (Shape.ParameterShape parameter : method.parameters()) {
            boolean hides = shape.apps().containsKey(parameter.name()) || WORDS.contains(parameter.name());
            if (hides) {
                faults.add(method.file(), parameter.offset(),
                        "the input " + parameter.name() + " hides the platform's " + parameter.name(),
                        "Rename the input.");
                fits = false;
            }
            String full = types.ofParameter(method, parameter);
            if (ValueShape.of(full, shape).filter(ValueShape::fitsParameter).isEmpty()) {
                faults.add(method.file(), parameter.offset(), "an input cannot be " + parameter.type(),
                        "Use " + ValueShape.SUPPORTED + ", a List of these or Map<String, Object>; "
                                + "of a record its id.");
                fits = false;
            }
        }
        return fits;
    }

    private boolean screen(Shape.MethodShape method) {
        boolean answers = types.ofAnswer(method).equals(ApiNames.PACKAGE + ".Ui");
        boolean bare = method.parameters().isEmpty();
        if (!answers) {
            faults.add(method.file(), method.offset(), method.name() + " does not answer a Ui",
                    "Write Ui " + method.name() + "() { return page(\"…\", …); }.");
        }
        if (!bare) {
            faults.add(method.file(), method.parameters().getFirst().offset(),
                    "an interface or a page has no inputs", "Take the input away.");
        }
        return answers && bare;
    }
}
