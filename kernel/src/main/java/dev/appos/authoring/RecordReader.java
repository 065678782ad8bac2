package dev.appos.authoring;

import dev.appos.api.BelongsTo;
import dev.appos.api.NotBlank;
import dev.appos.api.NotEmpty;
import dev.appos.api.NotNull;
import dev.appos.api.ReferentialAction;
import dev.appos.api.Restricted;
import dev.appos.api.RunningNumber;
import dev.appos.api.Unique;
import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Limits;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordKeys;
import dev.appos.object.RecordLabels;
import dev.appos.object.RecordTraits;
import dev.appos.object.Source;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/// Makes the definition of a record, and checks that what its annotations say fits its fields.
final class RecordReader {

    private final Attributed attributed;
    private final SourceFile file;
    private final AnnotationReader annotations;
    private final TypeNames types;
    private final LimitReader limits;
    private final OriginReader origins;
    private final RenameReader renames;

    RecordReader(Attributed attributed, SourceFile file, AnnotationReader annotations) {
        this.attributed = attributed;
        this.file = file;
        this.annotations = annotations;
        this.types = new TypeNames(attributed.shape());
        this.limits = new LimitReader(file, attributed.faults());
        this.origins = new OriginReader(file, attributed.faults());
        this.renames = new RenameReader(file, attributed.faults());
    }

    RecordDefinition read(Shape.RecordShape record, TypeElement type) {
        Access access = annotations.access(type, dev.appos.api.Record.class, Permission.VIEW, Permission.CREATE,
                Permission.UPDATE, Permission.DELETE, Permission.ADMIN);
        if (!access.stated()) {
            attributed.faults().add(file, record.offset(), "nobody may do anything with the record " + record.name(),
                    "Say who may: @Record(view = \"" + file.app() + "_users\").");
        }
        new SoftDeleteCheck(attributed, file).check(record, type);
        List<FieldDefinition> fields = new ArrayList<>();
        List<List<String>> amounts = new ArrayList<>();
        for (Shape.ComponentShape component : record.components()) {
            type.getRecordComponents().stream()
                    .filter(c -> c.getSimpleName().contentEquals(component.name())).findFirst()
                    .flatMap(c -> field(record, component, c).map(field -> restricted(field, component, c))
                            .map(field -> renames.field(record, component, c).map(field::calledBefore).orElse(field)))
                    .ifPresent(field -> {
                        fields.add(field);
                        if (types.ofComponent(record, component).equals(ValueShape.MONEY)) {
                            fields.add(currency(component, field));
                            amounts.add(List.of(field.name(), Names.snake(component.currency())));
                        }
                    });
        }
        Optional<String> former = renames.record(record, attributed.shape().app(file.app()), type);
        dev.appos.api.Record declared = type.getAnnotation(dev.appos.api.Record.class);
        return new RecordDefinition(
                Ref.of(record.ref()), fields, traits(declared, type, former),
                new RecordKeys(sets(type, "unique", fields), sets(type, "indexes", fields), amounts),
                new RecordLabels(display(type, fields), search(type, fields)),
                new RelationReader(attributed.shape(), attributed.faults()).read(record),
                record.events().stream().map(Shape.EventShape::event).toList(),
                record.filters().stream().map(Shape.FilterShape::name).toList(), access,
                new Source(file.path(), file.line(record.offset())));
    }

    private Optional<FieldDefinition> field(
            Shape.RecordShape record, Shape.ComponentShape component, RecordComponentElement element) {
        String full = types.ofComponent(record, component);
        boolean required = element.getAnnotation(NotNull.class) != null
                || element.getAnnotation(NotBlank.class) != null
                || element.getAnnotation(NotEmpty.class) != null;
        boolean unique = element.getAnnotation(Unique.class) != null
                || element.getAnnotation(RunningNumber.class) != null;
        if (component.belongsTo()) {
            limits.read(component, element, ValueType.REFERENCE);
            origins.read(component, element,
                    new ValueShape(ValueType.REFERENCE, "java.lang.Long", false, Optional.empty(), List.of()),
                    Limits.NONE);
            ReferentialAction onDelete = element.getAnnotation(BelongsTo.class).onDelete();
            if (required && onDelete == ReferentialAction.SET_NULL) {
                attributed.faults().add(file, component.annotations().get("BelongsTo"),
                        component.name() + " must be given and cannot be emptied when the other is deleted",
                        "Take @NotNull away, or use RESTRICT or CASCADE.");
            }
            String embed = component.column().substring(0, component.column().length() - "_id".length());
            return attributed.shape().record(full).map(to ->
                    FieldDefinition.of(component.column(), component.name(), ValueType.REFERENCE)
                            .with(new FieldTraits(required, unique))
                            .to(new Target(Ref.of(to.ref()), embed, onDelete)));
        }
        Optional<ValueShape> shape = full.equals(ValueShape.MONEY)
                ? Optional.of(ValueShape.AMOUNT) : ValueShape.of(full, attributed.shape());
        return shape.map(value -> {
            Limits read = limits.read(component, element, value.type());
            FieldDefinition field = FieldDefinition.of(component.column(), component.name(), value.type())
                    .with(new FieldTraits(required || value.primitive(), unique))
                    .with(read).among(value.choices())
                    .from(origins.read(component, element, value, read));
            return value.element().map(each -> field.listOf(each.type()).among(each.choices())).orElse(field);
        });
    }

    /// What stands beside an amount.
    private FieldDefinition currency(Shape.ComponentShape component, FieldDefinition amount) {
        for (String annotation : List.of("Default", "Computed", "Unique")) {
            if (component.annotations().containsKey(annotation)) {
                attributed.faults().add(file, component.annotations().get(annotation),
                        "@" + annotation + " says nothing about an amount in a currency",
                        "Take it away, or make it a BigDecimal.");
            }
        }
        Optional<String> former = amount.traits().renamedFrom().map(was -> was + "_currency");
        return FieldDefinition.of(Names.snake(component.currency()), component.currency(), ValueType.TEXT)
                .with(new FieldTraits(amount.required(), false, former))
                .with(Limits.CURRENCY)
                .restricted(amount.access());
    }

    /// A value that must be given and may not be, and one that cannot be absent, could not be restricted.
    private FieldDefinition restricted(
            FieldDefinition field, Shape.ComponentShape component, RecordComponentElement element) {
        if (element.getAnnotation(Restricted.class) == null) {
            return field;
        }
        Access access = annotations.access(element, Restricted.class, Permission.VIEW, Permission.UPDATE);
        int offset = component.annotations().get("Restricted");
        if (!access.stated()) {
            attributed.faults().add(file, offset, component.name() + " is restricted to nobody",
                    "Say to whom: @Restricted(view = \"" + file.app() + "_managers\").");
        }
        if (element.asType().getKind().isPrimitive()) {
            attributed.faults().add(file, offset,
                    component.name() + " is restricted and cannot be left out of a row: its type is "
                            + component.type(),
                    "Write the class instead, for example Integer or Boolean.");
        } else if (field.mustBeGiven()) {
            attributed.faults().add(file, offset,
                    component.name() + " must be given, but not everybody may write it",
                    "Add @Default(…), or take @NotNull or @NotBlank away.");
        }
        return field.restricted(access);
    }

    /// What names a record to a person: as stated, else its first text, else its first field.
    private List<String> display(TypeElement type, List<FieldDefinition> fields) {
        List<FieldDefinition> stated = named(annotations.texts(type, dev.appos.api.Record.class, "display"), fields);
        List<FieldDefinition> display = !stated.isEmpty() ? stated : fields.stream()
                .filter(f -> f.type() == ValueType.TEXT).findFirst().or(() -> fields.stream().findFirst())
                .map(List::of).orElse(List.of());
        return display.stream().map(FieldDefinition::name).toList();
    }

    /// What a search looks into: as stated, else the texts that name the record.
    private List<String> search(TypeElement type, List<FieldDefinition> fields) {
        List<AnnotationReader.Text> stated = annotations.texts(type, dev.appos.api.Record.class, "search");
        if (stated.isEmpty()) {
            return display(type, fields).stream()
                    .filter(name -> fields.stream()
                            .anyMatch(f -> f.name().equals(name) && f.type() == ValueType.TEXT)).toList();
        }
        List<FieldDefinition> found = named(stated, fields);
        for (AnnotationReader.Text text : stated) {
            found.stream().filter(f -> f.accessor().equals(text.value()) && f.type() != ValueType.TEXT).findFirst()
                    .ifPresent(f -> attributed.faults().add(file, text.offset(),
                            f.accessor() + " holds no text and cannot be searched",
                            "Name fields of type String only."));
        }
        return found.stream().map(FieldDefinition::name).toList();
    }

    private RecordTraits traits(dev.appos.api.Record declared, TypeElement type, Optional<String> former) {
        if (declared.trashDays() < 1) {
            annotations.texts(type, dev.appos.api.Record.class, "trashDays").forEach(days ->
                    attributed.faults().add(file, days.offset(), "a deleted record is kept for at least a day",
                            "Write trashDays = 30, or take softDelete away."));
        }
        return new RecordTraits(
                declared.audit(), declared.auditReads(), declared.softDelete(), Math.max(1, declared.trashDays()),
                declared.attachments(), declared.live(), former);
    }

    private List<List<String>> sets(TypeElement type, String attribute, List<FieldDefinition> fields) {
        List<List<String>> sets = new ArrayList<>();
        for (AnnotationReader.Text set : annotations.texts(type, dev.appos.api.Record.class, attribute)) {
            List<AnnotationReader.Text> names = Arrays.stream(set.value().split(","))
                    .map(name -> new AnnotationReader.Text(name.strip(), set.offset())).toList();
            sets.add(named(names, fields).stream().map(FieldDefinition::name).toList());
        }
        return sets;
    }

    private List<FieldDefinition> named(List<AnnotationReader.Text> names, List<FieldDefinition> fields) {
        List<String> known = fields.stream().map(FieldDefinition::accessor).toList();
        List<FieldDefinition> found = new ArrayList<>();
        for (AnnotationReader.Text name : names) {
            if (known.contains(name.value())) {
                found.add(fields.get(known.indexOf(name.value())));
            } else {
                attributed.faults().add(file, name.offset(), "there is no field " + name.value(),
                        Nearest.remedy(name.value(), known));
            }
        }
        return found;
    }
}
