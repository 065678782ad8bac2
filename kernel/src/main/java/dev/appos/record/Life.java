package dev.appos.record;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.RecordDefinition;
import dev.appos.record.Reach.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes ready what can be asked of a record after its deletion.
final class Life {

    /// As many as are removed for good in one transaction.
    static final int MOST_EMPTIED = 1000;

    private final Tables tables;
    private final Visibility visible;
    private final RecordDefinition record;
    private final RecordTable seen;
    private final RecordTable table;
    private final Field<Object> id;

    Life(Tables tables, Visibility visible, RecordDefinition record) {
        this.tables = tables;
        this.visible = visible;
        this.record = record;
        this.table = tables.of(record);
        this.seen = table.without(record, visible.hidden(record));
        this.id = table.known(RecordTable.ID).in(RecordTable.ALIAS);
    }

    Operation operation(Input.Life life) {
        return switch (life) {
            case Lifecycle.History history -> new Reads(new Reach(tables, visible), seen).history(history);
            case Lifecycle.ListTrash list -> {
                refuseUnlessSoft();
                yield new Reads(new Reach(tables, visible, Side.TRASH), seen).list(list.query());
            }
            case Lifecycle.Restore restore -> {
                refuseUnlessSoft();
                yield new Operation.Write(permit -> restore(permit, restore.id()));
            }
            case Lifecycle.Purge purge -> new Operation.Write(permit -> purge(permit, purge.id()));
            case Lifecycle.EmptyTrash empty -> {
                refuseUnlessSoft();
                yield new Operation.Write(permit -> empty(permit, empty.before()));
            }
            case Lifecycle.Follow follow -> new Operation.Write(permit -> follow(permit, follow.event()));
        };
    }

    private Boolean follow(Permit permit, long event) {
        Optional<Outbox.Kept> kept = Outbox.take(permit.sql(), event);
        kept.ifPresent(each -> table.events().follow(permit, each));
        return kept.isPresent();
    }

    private void refuseUnlessSoft() {
        if (!table.soft()) {
            throw Refusal.notFound("trash of " + record.ref());
        }
    }

    private Object restore(Permit permit, long wanted) {
        Reach trash = new Reach(tables, visible, Side.TRASH);
        String deletion = deletion(permit, trash, wanted);
        if (!deletion.endsWith("/" + record.ref() + "/" + wanted)) {
            String whole = deletion.substring(deletion.indexOf('/') + 1);
            String name = whole.replaceFirst("^.*\\.", "").replace('/', ' ').replace('_', ' ');
            throw Refusal.conflict(
                    "The " + table.one(wanted) + " was deleted as a part of " + name + ".",
                    "Restore " + name + ", and it comes back with it.");
        }
        Trash can = new Trash(tables, visible.snapshot());
        RowGuard guard = new RowGuard(new Reach(tables, visible), seen);
        return seen.seen(guard.within(permit, () -> can.back(permit, table, deletion)).stream()
                .filter(row -> row.get(RecordTable.ID).equals(wanted))
                .findFirst().orElseThrow());
    }

    /// With which deletion the record went into the trash; it is held until the transaction ends.
    private String deletion(Permit permit, Reach trash, long wanted) {
        Field<String> deletedIn = DSL.field(
                DSL.name(RecordTable.ALIAS, RecordTable.DELETED_IN.getName()), String.class);
        String found = permit.sql()
                .select(deletedIn)
                .from(table.aliased())
                .where(id.eq(wanted))
                .and(trash.rows(table, RecordTable.ALIAS))
                .forUpdate()
                .fetchOne(deletedIn);
        if (found == null) {
            throw Refusal.notFound(table.one(wanted) + " in the trash");
        }
        return found;
    }

    private Object purge(Permit permit, long wanted) throws Throwable {
        Reach both = new Reach(tables, visible, Side.BOTH);
        if (table.soft()) {
            permit.sql().select(RecordTable.DELETED_IN).from(table.table())
                    .where(table.known(RecordTable.ID).bare().eq(wanted))
                    .fetchOptional(RecordTable.DELETED_IN)
                    .ifPresent(deletion -> Released.forget(permit, List.of(deletion)));
        }
        Cascade cascade = new Cascade(tables, visible.snapshot());
        Trash trash = new Trash(tables, visible.snapshot());
        Input.DeleteRecord delete = new Input.DeleteRecord(wanted, OptionalInt.empty());
        return new Writes(both, record, seen, cascade, trash).forGood(delete).work().run(permit);
    }

    /// What others still refer to stays until they are gone too.
    private Long empty(Permit permit, Instant before) {
        List<Condition> free = new ArrayList<>();
        for (RecordDefinition other : visible.snapshot().ofKind(RecordDefinition.class)) {
            RecordTable from = tables.of(other);
            other.fields().stream()
                    .filter(field -> field.target()
                            .filter(target -> target.record().equals(record.ref())
                                    && target.onDelete() == ReferentialAction.RESTRICT).isPresent())
                    .forEach(field -> free.add(DSL.notExists(DSL.selectOne()
                            .from(from.table().as("r"))
                            .where(from.known(field.name()).in("r").eq(id)))));
        }
        Result<Record2<Object, String>> old = permit.sql()
                .select(id, RecordTable.DELETED_IN)
                .from(table.aliased())
                .where(table.known(RecordTable.DELETED_AT).in(RecordTable.ALIAS).lt((Object) before))
                .and(DSL.and(free))
                .orderBy(id)
                .limit(MOST_EMPTIED)
                .forUpdate().skipLocked()
                .fetch();
        List<Long> ids = old.getValues(id, Long.class);
        if (ids.isEmpty()) {
            return 0L;
        }
        Released.forget(permit, old.getValues(RecordTable.DELETED_IN));
        new Cascade(tables, visible.snapshot()).before(permit, table, ids);
        List<Map<String, @Nullable Object>> gone = permit.sql()
                .deleteFrom(table.table())
                .where(Cascade.among(table.known(RecordTable.ID).bare(), ids))
                .returning(table.all())
                .fetch()
                .map(table::row);
        FieldHistory.deleted(permit, table, gone);
        return (long) gone.size();
    }
}
