package dev.appos.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Compares what a caller wants to write with what others wrote since they read it.
///
/// @param base      the record as the caller read it, as far as history tells; plain JSON values
/// @param theirs    the record as it is
/// @param yours     what the caller wants to write
/// @param conflicts the fields that both changed, to different values
/// @param mergeable whether nothing of what others wrote would be lost
record Conflict(
        Optional<Map<String, @Nullable Object>> base, Map<String, @Nullable Object> theirs,
        Map<String, @Nullable Object> yours, List<String> conflicts, boolean mergeable) {

    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final Field<String> FIELD = field(name("field_name"), SQLDataType.CLOB);
    private static final Field<JSONB> OLD = field(name("old_value"), SQLDataType.JSONB);

    /// @param seen     the table with the columns the caller may see
    /// @param row      the record as it is, with every column
    /// @param expected the version the caller read
    static Conflict of(
            Permit permit, RecordTable seen, Map<String, @Nullable Object> row, int expected,
            Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> theirs = plain(seen.seen(row));
        Map<String, @Nullable Object> yours = plain(changes);
        Optional<Map<String, @Nullable Object>> base =
                seen.audit().flatMap(log -> base(permit, log, seen, theirs, expected));
        List<String> conflicts = new ArrayList<>();
        yours.forEach((column, mine) -> {
            Object is = theirs.get(column);
            boolean touched = base.map(was -> !same(was.get(column), is)).orElse(true);
            if (touched && !same(mine, is)) {
                conflicts.add(column);
            }
        });
        return new Conflict(base, theirs, yours, conflicts, base.isPresent() && conflicts.isEmpty());
    }

    Refusal refusal(String what, int current) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        base.ifPresent(was -> details.put("base", was));
        details.put("theirs", theirs);
        details.put("yours", yours);
        details.put("conflicts", conflicts);
        details.put("mergeable", mergeable);
        return Refusal.stale(what, current).with(details);
    }

    /// The record as it was at a version, if history tells of every version since.
    private static Optional<Map<String, @Nullable Object>> base(
            Permit permit, Table<Record> log, RecordTable seen, Map<String, @Nullable Object> theirs, int expected) {
        int current = ((Number) Objects.requireNonNull(theirs.get(RecordTable.VERSION))).intValue();
        Result<?> entries = permit.sql()
                .select(VERSION, FIELD, OLD)
                .from(log)
                .where(field(name("record_id"), SQLDataType.BIGINT)
                        .eq(((Number) Objects.requireNonNull(theirs.get(RecordTable.ID))).longValue()))
                .and(VERSION.gt(expected))
                .orderBy(field(name("id")))
                .limit(FieldHistory.LARGEST)
                .fetch();
        Map<String, @Nullable Object> base = new LinkedHashMap<>(theirs);
        base.put(RecordTable.VERSION, expected);
        base.keySet().removeAll(Set.of("updated_at", "updated_by"));
        Set<Integer> versions = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (Record entry : entries) {
            versions.add(entry.get(VERSION));
            String column = entry.get(FIELD);
            if (seen.column(column) != null && told.add(column)) {
                JSONB old = entry.get(OLD);
                base.put(column, old == null ? null : Json.read(old.data()));
            }
        }
        return expected > 0 && versions.size() == current - expected ? Optional.of(base) : Optional.empty();
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Json.canonical(one).equals(Json.canonical(other));
    }

    private static Map<String, @Nullable Object> plain(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        row.forEach((column, value) -> plain.put(column, Plain.of(value)));
        return plain;
    }
}
