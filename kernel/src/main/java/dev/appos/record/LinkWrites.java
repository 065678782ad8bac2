package dev.appos.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Permit;
import dev.appos.object.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Writes which records of another type a record is linked with: `{"tags": [1, 2]}` says all of them. Links with
/// records that do not exist for the caller stay as they are, and he makes none.
final class LinkWrites {

    /// The most links of one record that are written at once.
    static final int MOST = 1000;

    private static final String INSERT = """
            insert into {0} ({1}, {2}) select {3}, other from unnest({4}) as other on conflict do nothing""";

    private final Reach reach;
    private final RecordTable table;
    private final Map<String, Relation> relations;
    private final boolean fresh;

    /// @param fresh whether it writes the links of new records, which are as they were made
    LinkWrites(Reach reach, RecordTable table, boolean fresh) {
        this.fresh = fresh;
        this.reach = reach;
        this.table = table.whole();
        this.relations = this.table.links();
    }

    /// The row without its links.
    Map<String, @Nullable Object> without(Map<String, @Nullable Object> row) {
        if (relations.isEmpty() || relations.keySet().stream().noneMatch(row::containsKey)) {
            return row;
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>(row);
        plain.keySet().removeAll(relations.keySet());
        return plain;
    }

    List<Map<String, @Nullable Object>> without(List<Map<String, @Nullable Object>> rows) {
        return relations.isEmpty() ? rows : rows.stream().map(this::without).toList();
    }

    /// Refuses links where many records would get the same ones.
    void refuse(Map<String, @Nullable Object> changes) {
        relations.keySet().stream().filter(changes::containsKey).findFirst().ifPresent(each -> {
            throw Refusal.invalid("The " + table.word(), Faults.pointer(each), "single",
                    "can only be written for records that are named by their ids");
        });
    }

    /// Writes what the rows say of links, once they are there.
    ///
    /// @param sent the rows as checked, in the order of `rows`
    /// @return the rows with their links
    List<Map<String, @Nullable Object>> write(
            Permit permit,
            List<? extends Map<String, @Nullable Object>> sent,
            List<Map<String, @Nullable Object>> rows) {
        if (relations.isEmpty()) {
            return rows;
        }
        List<Map<String, @Nullable Object>> written = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Map<String, @Nullable Object> row = rows.get(i);
            for (Relation relation : relations.values()) {
                if (sent.get(i).get(relation.name()) instanceof List<?> ids) {
                    String place = (rows.size() == 1 ? "" : "/" + i) + Faults.pointer(relation.name());
                    row = replace(permit, relation, row, wanted(ids), place);
                }
            }
            written.add(row);
        }
        return written;
    }

    private static Set<Long> wanted(List<?> ids) {
        Set<Long> wanted = new TreeSet<>();
        ids.forEach(id -> wanted.add((Long) id));
        return wanted;
    }

    private Map<String, @Nullable Object> replace(
            Permit permit, Relation relation, Map<String, @Nullable Object> row, Set<Long> wanted, String place) {
        if (reach.find(relation.record()).isEmpty()) {
            throw Refusal.invalid("The " + table.word(), place, "unknown", "is not a field of " + table.word());
        }
        Relation.Links links = relation.links().orElseThrow();
        Table<?> all = table(name(links.app(), links.table()));
        Field<Long> here = field(name(relation.column()), SQLDataType.BIGINT);
        Field<Long> there = field(name(links.other()), SQLDataType.BIGINT);
        Long id = (Long) row.get(RecordTable.ID);
        Set<Long> before = new TreeSet<>(
                permit.sql().select(there).from(all).where(here.eq(id)).fetchSet(there));
        Set<Long> both = new TreeSet<>(before);
        both.addAll(wanted);
        Set<Long> seen = both.isEmpty() ? Set.of() : seen(permit, relation, both);
        List<Fault> missing = wanted.stream().filter(each -> !seen.contains(each))
                .map(each -> new Fault(place, "reference", "leads nowhere: there is no "
                        + relation.record().name().replace('_', ' ') + " " + each))
                .toList();
        if (!missing.isEmpty()) {
            throw Refusal.invalid("The " + table.word(), missing);
        }
        Set<Long> gone = new TreeSet<>(before);
        gone.removeAll(wanted);
        gone.retainAll(seen);
        Set<Long> added = new TreeSet<>(wanted);
        added.removeAll(before);
        if (!gone.isEmpty()) {
            permit.sql().deleteFrom(all)
                    .where(here.eq(id).and(there.eq(any(gone.toArray(Long[]::new))))).execute();
        }
        if (!added.isEmpty()) {
            permit.sql().execute(INSERT, all, here, there, val(id), val(added.toArray(Long[]::new)));
        }
        boolean changed = !gone.isEmpty() || !added.isEmpty();
        Map<String, @Nullable Object> now = new LinkedHashMap<>(changed && !fresh ? touched(permit, row) : row);
        if (changed) {
            before.retainAll(seen);
            FieldHistory.linked(permit, table, now, relation.name(), List.copyOf(before), List.copyOf(wanted));
        }
        now.put(relation.name(), List.copyOf(wanted));
        return now;
    }

    /// Those of them that exist for the caller; they are kept from going while they are linked.
    private Set<Long> seen(Permit permit, Relation relation, Set<Long> ids) {
        RecordTable target = reach.whole(relation.record()).orElseThrow();
        Field<Long> id = target.known(RecordTable.ID).in(RecordTable.ALIAS).coerce(Long.class);
        return permit.sql().select(id).from(target.aliased())
                .where(id.eq(any(ids.toArray(Long[]::new))))
                .and(reach.rows(target, RecordTable.ALIAS))
                .forKeyShare().of(target.aliased())
                .fetchSet(id);
    }

    /// A record whose links change has changed, which whoever read it before must learn.
    private Map<String, @Nullable Object> touched(Permit permit, Map<String, @Nullable Object> row) {
        return permit.sql()
                .update(table.table())
                .set(Stamp.changed(permit, table))
                .where(table.known(RecordTable.ID).bare().eq((Object) row.get(RecordTable.ID)))
                .returning(table.all())
                .fetchSingle(table::row);
    }
}
