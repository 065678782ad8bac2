package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// How far one call reaches: the records behind references, their columns and their rows, as its caller sees them.
/// What is hidden from him is not there, so it is refused in the words for what does not exist.
final class Reach {

    private final Tables tables;
    private final Visibility visible;
    private final Side side;
    private final Map<Ref, Cond> rows = new HashMap<>();

    /// The records asked for by reference, as far as the caller may see them.
    private final Set<Ref> touched = new LinkedHashSet<>();

    /// Which records of the type that is called there are; of all others there are those that live.
    enum Side {
        LIVING,
        TRASH,
        BOTH
    }

    Reach(Tables tables, Visibility visible) {
        this(tables, visible, Side.LIVING);
    }

    /// @param side of the records under [RecordTable#ALIAS]
    Reach(Tables tables, Visibility visible, Side side) {
        this.tables = tables;
        this.visible = visible;
        this.side = side;
    }

    Snapshot snapshot() {
        return visible.snapshot();
    }

    Visibility visible() {
        return visible;
    }

    Side side() {
        return side;
    }

    /// A record type with the columns the caller may see, if he may see it at all.
    Optional<RecordTable> find(Ref ref) {
        Optional<RecordTable> found = visible.record(ref).map(this::seen);
        found.ifPresent(_ -> touched.add(ref));
        return found;
    }

    /// The records found so far, in their order.
    List<Ref> touched() {
        return List.copyOf(touched);
    }

    /// A record type with every column, whoever asks: what authors' filters are written over.
    Optional<RecordTable> whole(Ref ref) {
        return tables.find(visible.snapshot(), ref);
    }

    /// Whether all rows of a table are read as fast as one.
    boolean small(RecordTable table) {
        return tables.small(table);
    }

    RecordTable seen(RecordDefinition record) {
        return tables.of(record).without(record, visible.hidden(record));
    }

    /// What a row of this record type must fit to exist for the caller.
    ///
    /// @throws Refusal if a filter fails
    Cond rows(Ref ref) {
        return rows.computeIfAbsent(ref, _ -> visible.rows(definition(ref)));
    }

    /// Whether some rows of this record type may not exist for the caller.
    boolean narrows(Ref ref) {
        return !rows(ref).equals(Query.ALL);
    }

    /// The same as SQL over the table under this alias, without what is in the trash. The filter itself reaches
    /// everywhere: it is the author's word on who sees what, and no other filter stands before it.
    ///
    /// @throws Refusal if it makes no sense as SQL
    Condition rows(RecordTable table, String alias, Bind bind) {
        Cond rows = rows(table.ref());
        Condition there = there(table, alias);
        if (rows.equals(Query.ALL)) {
            return there;
        }
        try {
            return Filters.rows(this, whole(table.ref()).orElseThrow(), alias, rows, bind).and(there);
        } catch (Refusal refusal) {
            throw visible.failed(definition(table.ref()), refusal);
        }
    }

    /// The same with its values as they are.
    Condition rows(RecordTable table, String alias) {
        return rows(table, alias, Bind.VALUE);
    }

    private Condition there(RecordTable table, String alias) {
        if (!table.soft()) {
            return DSL.noCondition();
        }
        Field<Object> deleted = table.known(RecordTable.DELETED_AT).in(alias);
        return switch (alias.equals(RecordTable.ALIAS) ? side : Side.LIVING) {
            case LIVING -> deleted.isNull();
            case TRASH -> deleted.isNotNull();
            case BOTH -> DSL.noCondition();
        };
    }

    RecordDefinition definition(Ref ref) {
        return (RecordDefinition) visible.snapshot().find(ref).orElseThrow();
    }
}
