package dev.appos.record;

import static org.jooq.impl.DSL.any;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Keeps what a caller writes within what he may see: the rows he leaves behind, and those they lead to. Costs nothing
/// where no row filter stands.
final class RowGuard {

    private final Reach reach;
    private final RecordTable table;

    RowGuard(Reach reach, RecordTable table) {
        this.reach = reach;
        this.table = table;
    }

    /// Which rows exist for the caller, over the table under [RecordTable#ALIAS].
    Condition rows() {
        return reach.rows(table, RecordTable.ALIAS, Bind.VALUE);
    }

    /// Whether some rows may not exist for the caller.
    boolean narrows() {
        return reach.narrows(table.ref());
    }

    /// Refuses references to rows that do not exist for the caller, as PostgreSQL refuses those that do not exist, and
    /// times that do not lie where their fields demand.
    ///
    /// @param rows as sent
    void references(Permit permit, List<Map<String, @Nullable Object>> rows) {
        NewRows.checkTimes(table, rows, permit.context().at());
        Faults faults = new Faults();
        for (Column column : table.fields()) {
            column.field().flatMap(field -> field.target()).ifPresent(target -> {
                if (reach.narrows(target.record()) || soft(target.record())) {
                    references(permit, rows, column, target.record(), faults);
                }
            });
        }
        faults.refuse("The " + table.word());
    }

    /// Whether one of these references leads to records that may be in the trash, which PostgreSQL does not know.
    boolean looks(List<Map<String, @Nullable Object>> rows) {
        return table.fields().stream()
                .filter(column -> column.field().flatMap(field -> field.target())
                        .filter(target -> soft(target.record())).isPresent())
                .anyMatch(column -> rows.stream().anyMatch(row -> row.get(column.name()) != null));
    }

    private boolean soft(Ref ref) {
        return reach.whole(ref).map(RecordTable::soft).orElse(false);
    }

    private void references(
            Permit permit, List<Map<String, @Nullable Object>> rows, Column column, Ref ref, Faults faults) {
        Set<Long> wanted = new TreeSet<>();
        rows.forEach(row -> {
            if (row.get(column.name()) instanceof Long id) {
                wanted.add(id);
            }
        });
        RecordTable target = reach.whole(ref).orElseThrow();
        Set<Long> found = wanted.isEmpty() ? Set.of() : seen(permit, target, wanted);
        if (target.soft() && !found.isEmpty()) {
            found.retainAll(held(permit, target, found));
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).get(column.name()) instanceof Long id && !found.contains(id)) {
                faults.add(Objections.missing(column, rows.size() == 1 ? "" : "/" + i, target.one(id)));
            }
        }
    }

    /// Those of these records that exist for the caller.
    Set<Long> visible(Permit permit, List<Long> ids) {
        return narrows() ? seen(permit, table, new TreeSet<>(ids)) : Set.copyOf(ids);
    }

    private Set<Long> seen(Permit permit, RecordTable target, Set<Long> ids) {
        Field<Long> id = target.known(RecordTable.ID).in(RecordTable.ALIAS).coerce(Long.class);
        return new HashSet<>(permit.sql()
                .select(id)
                .from(target.aliased())
                .where(id.eq(any(ids.toArray(Long[]::new))))
                .and(reach.rows(target, RecordTable.ALIAS, Bind.VALUE))
                .fetch(id));
    }

    /// Those that are there, and are not deleted before the transaction ends.
    private Set<Long> held(Permit permit, RecordTable target, Set<Long> ids) {
        Field<Long> id = target.known(RecordTable.ID).bare().coerce(Long.class);
        return new HashSet<>(permit.sql()
                .select(id)
                .from(target.table())
                .where(id.eq(any(ids.toArray(Long[]::new))))
                .and(target.alive())
                .forShare()
                .fetch(id));
    }

    /// Writes rows, all of which the writer must be able to see afterwards; otherwise he is refused, and the door
    /// undoes what was written even if app code catches the refusal and goes on.
    List<Map<String, @Nullable Object>> within(
            Permit permit, Supplier<List<Map<String, @Nullable Object>>> write) {
        if (!narrows()) {
            return write.get();
        }
        List<Map<String, @Nullable Object>> rows = write.get();
        Set<Long> ids = new TreeSet<>(Cascade.ids(rows));
        if (!ids.isEmpty() && seen(permit, table, ids).size() < ids.size()) {
            throw Refusal.forbidden(
                    "To leave a " + table.word() + " like this",
                    "you would not see it afterwards",
                    "Give it values with which it stays among the rows you may see.");
        }
        return rows;
    }
}
