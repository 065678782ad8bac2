package dev.appos.authoring;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation.Kind;
import dev.appos.object.Relation.Links;
import dev.appos.object.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the relations of a record: those it declares, and those to many that others declare with it.
final class RelationReader {

    private static final int LONGEST_NAME = 63;

    private final Shape shape;
    private final TypeNames types;
    private final Faults faults;

    RelationReader(Shape shape, Faults faults) {
        this.shape = shape;
        this.types = new TypeNames(shape);
        this.faults = faults;
    }

    List<Relation> read(Shape.RecordShape record) {
        List<Relation> relations = new ArrayList<>();
        Set<String> taken = taken(record);
        for (Shape.RelationShape each : record.relations()) {
            String full = types.ofRelation(record, each);
            Optional<Shape.RecordShape> other = shape.record(full);
            if (other.isEmpty()) {
                // A name that nobody has is the compiler's to tell.
                if (!full.equals(each.type()) || declares(full)) {
                    faults.add(record.file(), each.offset(), each.type() + " is not a record of an app",
                            Nearest.remedy(each.type(), shape.records().map(r -> written(record, r)).toList()));
                }
                continue;
            }
            Optional<Relation> relation = each.word().equals("ManyToMany")
                    ? manyToMany(record, each, other.get())
                    : has(record, each, other.get());
            relation.filter(found -> named(record, each, found, taken)).ifPresent(relations::add);
        }
        inverse(record).stream().filter(relation -> taken.add(relation.name())).forEach(relations::add);
        return relations;
    }

    private boolean declares(String type) {
        int dot = type.indexOf('.');
        return dot > 0 && shape.apps().containsKey(type.substring(0, dot))
                && shape.app(type.substring(0, dot)).types().contains(type.substring(dot + 1));
    }

    /// The names that mean something else already.
    private static Set<String> taken(Shape.RecordShape record) {
        Set<String> taken = new HashSet<>(RecordDefinition.SYSTEM_COLUMNS);
        for (Shape.ComponentShape component : record.components()) {
            taken.add(component.column());
            taken.add(Names.snake(component.name()));
        }
        return taken;
    }

    private boolean named(
            Shape.RecordShape record, Shape.RelationShape each, Relation relation, Set<String> taken) {
        boolean fits = relation.accessor().matches("[a-z][A-Za-z0-9]*") && relation.name().length() <= LONGEST_NAME;
        if (!fits) {
            faults.add(record.file(), each.offset(), relation.accessor() + " cannot name a relation",
                    "Use letters and digits, a small letter first, and at most " + LONGEST_NAME + " of them.");
        } else if (!taken.add(relation.name())) {
            faults.add(record.file(), each.offset(),
                    record.name() + " has something called " + relation.accessor() + " already",
                    "Give the relation another name: name = \"" + relation.accessor() + "2\".");
            return false;
        }
        return fits;
    }

    private Optional<Relation> has(
            Shape.RecordShape record, Shape.RelationShape each, Shape.RecordShape other) {
        String own = record.file().app() + "." + record.name();
        List<Shape.ComponentShape> leading = other.components().stream()
                .filter(component -> component.belongsTo() && types.ofComponent(other, component).equals(own))
                .toList();
        String by = each.text("by");
        List<String> names = leading.stream().map(Shape.ComponentShape::name).toList();
        if (leading.isEmpty()) {
            faults.add(record.file(), each.offset(), other.name() + " does not belong to " + record.name(),
                    "Write @BelongsTo " + written(other, record) + " " + record.accessor() + " in " + other.name()
                            + ".");
            return Optional.empty();
        }
        if (by.isEmpty() && leading.size() > 1) {
            faults.add(record.file(), each.offset(),
                    other.name() + " leads to " + record.name() + " in several ways",
                    "Say by which: by = \"" + String.join("\" or by = \"", names) + "\".");
            return Optional.empty();
        }
        if (!by.isEmpty() && !names.contains(by)) {
            faults.add(record.file(), each.offset(),
                    other.name() + " has no field " + by + " that leads to " + record.name(),
                    Nearest.remedy(by, names));
            return Optional.empty();
        }
        Shape.ComponentShape reference = by.isEmpty() ? leading.getFirst() : leading.get(names.indexOf(by));
        boolean one = each.word().equals("HasOne");
        if (one && !reference.annotations().containsKey("Unique")) {
            faults.add(record.file(), each.offset(),
                    "several " + other.name() + " could belong to one " + record.name(),
                    "Write @Unique before " + reference.name() + " in " + other.name() + ", or use @HasMany.");
            return Optional.empty();
        }
        String accessor = accessor(each, one ? other.object() : Names.plural(other.object()));
        return Optional.of(new Relation(
                Names.snake(accessor), accessor, one ? Kind.HAS_ONE : Kind.HAS_MANY, Ref.of(other.ref()),
                reference.column(), Optional.empty()));
    }

    private Optional<Relation> manyToMany(
            Shape.RecordShape record, Shape.RelationShape each, Shape.RecordShape other) {
        if (each.text("onDelete").endsWith("SET_NULL")) {
            faults.add(record.file(), each.offset(), "a link without one of its ends means nothing",
                    "Use CASCADE, which removes the link, or RESTRICT.");
            return Optional.empty();
        }
        String accessor = accessor(each, Names.plural(other.object()));
        Columns columns = columns(record, other, Names.snake(accessor));
        ReferentialAction onDelete = action(each);
        Links links = new Links(record.file().app(), table(record, accessor), columns.there(), true, onDelete);
        if (links.table().length() > LONGEST_NAME) {
            faults.add(record.file(), each.offset(),
                    "the table " + links.table() + " has a longer name than " + LONGEST_NAME + " bytes",
                    "Give the relation a shorter name: name = \"links\".");
            return Optional.empty();
        }
        return Optional.of(new Relation(
                Names.snake(accessor), accessor, Kind.MANY_TO_MANY, Ref.of(other.ref()), columns.here(),
                Optional.of(links)));
    }

    /// What others have declared with this record, seen from here.
    private List<Relation> inverse(Shape.RecordShape record) {
        List<Relation> relations = new ArrayList<>();
        String own = record.file().app() + "." + record.name();
        shape.records().forEach(owner -> owner.relations().stream()
                .filter(each -> each.word().equals("ManyToMany") && types.ofRelation(owner, each).equals(own))
                .forEach(each -> {
                    String there = accessor(each, Names.plural(record.object()));
                    Columns columns = columns(owner, record, Names.snake(there));
                    String accessor = each.text("inverse").isEmpty()
                            ? Names.camel(Names.plural(owner.object())) : each.text("inverse");
                    ReferentialAction onDelete = action(each);
                    relations.add(new Relation(
                            Names.snake(accessor), accessor, Kind.MANY_TO_MANY, Ref.of(owner.ref()), columns.there(),
                            Optional.of(new Links(
                                    owner.file().app(), table(owner, there), columns.here(), false, onDelete))));
                }));
        return relations;
    }

    /// The columns of a table of links, as the side that declared it sees them.
    private record Columns(String here, String there) {}

    private static Columns columns(Shape.RecordShape owner, Shape.RecordShape other, String name) {
        String here = owner.object() + "_id";
        String there = other.object() + "_id";
        return new Columns(here, here.equals(there) ? name + "_id" : there);
    }

    private static String table(Shape.RecordShape owner, String accessor) {
        return Names.plural(owner.object()) + "_" + Names.snake(accessor);
    }

    private static ReferentialAction action(Shape.RelationShape each) {
        return each.text("onDelete").endsWith("RESTRICT") ? ReferentialAction.RESTRICT : ReferentialAction.CASCADE;
    }

    private static String accessor(Shape.RelationShape each, String usual) {
        return each.text("name").isEmpty() ? Names.camel(usual) : each.text("name");
    }

    /// The record as it is written in the file of the other.
    private static String written(Shape.RecordShape from, Shape.RecordShape to) {
        return from.file().app().equals(to.file().app()) ? to.name() : to.file().app() + "." + to.name();
    }
}
