package dev.appos.record;

import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// How records of another type belong to those of one: what is embedded under a name, as far as the caller may see it.
///
/// @param target  the other record type
/// @param many    whether there may be more than one
/// @param here    the column of this record that is compared
/// @param there   the column of the other record, or of what stands between
/// @param between what stands between many and many
record Link(RecordTable target, boolean many, String here, String there, Optional<Between> between) {

    /// A table whose rows say who belongs to whom.
    ///
    /// @param target the column that leads to the other record
    /// @param record whose table it is, with a row filter that holds; none for a table that is nothing but links
    private record Between(Table<Record> table, String target, Optional<RecordTable> record) {}

    /// What is embedded under a name.
    ///
    /// @param hint the reference meant, by its column; empty if only one will do
    /// @return nothing if there is no such thing, or none the caller may see
    /// @throws IllegalArgumentException if several would do, as the end of a sentence
    static Optional<Link> find(Reach reach, RecordTable from, String name, String hint) {
        List<Link> found = new ArrayList<>();
        RecordDefinition record = reach.visible().seen(reach.definition(from.ref()));
        for (FieldDefinition field : record.fields()) {
            field.target().filter(target -> names(reach, from, target, field, name) && hinted(hint, field))
                    .flatMap(target -> reach.find(target.record()))
                    .ifPresent(target -> found.add(one(target, field.name(), RecordTable.ID)));
        }
        Optional<Relation> relation = record.relation(name);
        if (found.isEmpty() && relation.isPresent()) {
            relation.flatMap(each -> declared(reach, each)).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            found.addAll(referring(reach, from, name, hint));
        }
        if (found.isEmpty()) {
            found.addAll(between(reach, from, name, hint));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "is linked in " + found.size() + " ways; name the one meant, as in " + name + "!"
                            + found.getFirst().reference() + "(...)");
        }
        return found.stream().findFirst();
    }

    private String reference() {
        return between.isPresent() ? "records_between" : here.equals(RecordTable.ID) ? there : here;
    }

    private static Link one(RecordTable target, String here, String there) {
        return new Link(target, false, here, there, Optional.empty());
    }

    private static boolean names(
            Reach reach, RecordTable from, Target target, FieldDefinition field, String name) {
        // Of a record that refers to its like, the plural is those that refer to it.
        boolean other = !target.record().equals(from.ref());
        return target.embed().equals(name) || field.name().equals(name)
                || other && reach.definition(target.record()).plural().equals(name);
    }

    private static boolean hinted(String hint, FieldDefinition field) {
        return hint.isEmpty() || hint.equals(field.name())
                || field.target().map(target -> target.embed().equals(hint)).orElse(false);
    }

    private static Optional<Link> declared(Reach reach, Relation relation) {
        return reach.find(relation.record()).flatMap(target -> switch (relation.kind()) {
            case HAS_ONE -> Optional.of(one(target, RecordTable.ID, relation.column()))
                    .filter(_ -> target.column(relation.column()) != null);
            case HAS_MANY -> Optional.of(new Link(target, true, RecordTable.ID, relation.column(), Optional.empty()))
                    .filter(_ -> target.column(relation.column()) != null);
            case MANY_TO_MANY -> relation.links().map(links -> new Link(
                    target, true, RecordTable.ID, relation.column(), Optional.of(new Between(
                            DSL.table(DSL.name(links.app(), links.table())), links.other(), Optional.empty()))));
        });
    }

    /// The records of this plural that refer to this one.
    private static List<Link> referring(Reach reach, RecordTable from, String plural, String hint) {
        List<Link> found = new ArrayList<>();
        for (RecordDefinition other : reach.snapshot().ofKind(RecordDefinition.class)) {
            if (other.plural().equals(plural)) {
                columns(reach, other, from.ref(), field -> hinted(hint, field)).forEach(field ->
                        reach.find(other.ref()).ifPresent(target -> found.add(
                                new Link(target, !field.unique(), RecordTable.ID, field.name(), Optional.empty()))));
            }
        }
        return found;
    }

    /// The records of this plural to which records lead that refer to this one too, once for each pair.
    private static List<Link> between(Reach reach, RecordTable from, String plural, String hint) {
        List<Link> found = new ArrayList<>();
        for (RecordDefinition middle : reach.snapshot().ofKind(RecordDefinition.class)) {
            if (!hint.isEmpty() && !hint.equals(middle.plural())) {
                continue;
            }
            for (FieldDefinition here : columns(reach, middle, from.ref(), _ -> true)) {
                for (FieldDefinition there : reach.visible().seen(middle).fields()) {
                    if (here.equals(there) || there.target().isEmpty() || !pairs(middle, here, there)) {
                        continue;
                    }
                    Ref ref = there.target().get().record();
                    if (reach.definition(ref).plural().equals(plural)) {
                        reach.find(middle.ref()).ifPresent(links -> reach.find(ref).ifPresent(target -> found.add(
                                new Link(target, true, RecordTable.ID, here.name(), Optional.of(new Between(
                                        links.table(), there.name(), Optional.of(links)))))));
                    }
                }
            }
        }
        return found;
    }

    private static boolean pairs(RecordDefinition middle, FieldDefinition one, FieldDefinition other) {
        return middle.unique().stream()
                .anyMatch(key -> key.size() == 2 && key.contains(one.name()) && key.contains(other.name()));
    }

    private static List<FieldDefinition> columns(
            Reach reach, RecordDefinition record, Ref to, Predicate<FieldDefinition> wanted) {
        return reach.visible().seen(record).fields().stream()
                .filter(field -> field.target().filter(target -> target.record().equals(to)).isPresent())
                .filter(wanted)
                .toList();
    }

    /// What holds between a record and one that belongs to it; what stands between them exists for the caller.
    Condition on(Reach reach, Bind bind, RecordTable from, String fromAlias, String alias) {
        Field<Object> mine = from.whole().known(here).in(fromAlias);
        if (between.isEmpty()) {
            return target.whole().known(there).in(alias).eq(mine);
        }
        Between links = between.get();
        String middle = alias + "_l";
        Field<Object> id = target.known(RecordTable.ID).in(alias);
        Field<Object> other = DSL.field(DSL.name(middle, links.target()), id.getDataType());
        Condition rows = links.record().map(each -> reach.rows(each, middle, bind)).orElse(DSL.noCondition());
        return id.in(DSL.select(other)
                .from(links.table().as(middle))
                .where(DSL.field(DSL.name(middle, there), mine.getDataType()).eq(mine))
                .and(rows));
    }
}
