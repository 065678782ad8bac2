package dev.appos.record;

import static org.jooq.impl.DSL.val;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent.Moment;
import dev.appos.secure.Principal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Makes creating ready: all rows of a call or none, with their history.
final class Creates {

    /// The most new records in one call.
    static final int MOST_CREATED = 1000;

    /// The most new records the platform itself brings in at once: one file, all or none of it.
    static final int MOST_IMPORTED = 200_000;

    /// Rows in one statement; more make it longer and not faster.
    private static final int BATCH = 500;

    /// PostgreSQL takes 65,535 values in one statement.
    private static final int MOST_BINDS = 30_000;

    private static final String PAST_ID = """
            select setval(cast(sequence as regclass), {1}) from pg_get_serial_sequence({0}, 'id') as sequence
            where coalesce(pg_sequence_last_value(cast(sequence as regclass)), 0) < {1}""";

    private final RecordTable table;
    private final Set<String> fixed;
    private final RowGuard guard;
    private final LinkWrites links;

    /// @param table with the columns the caller may see
    Creates(Reach reach, RecordDefinition record, RecordTable table) {
        this.table = table;
        this.fixed = reach.visible().fixed(record);
        this.guard = new RowGuard(reach, table);
        this.links = new LinkWrites(reach, table, true);
    }

    Operation create(List<? extends Map<String, ?>> given) {
        return create(given, false);
    }

    /// @param keeping whether the rows may bring their ids
    Operation create(List<? extends Map<String, ?>> given, boolean keeping) {
        if (given.size() > MOST_IMPORTED) {
            throw tooMany();
        }
        List<Map<String, @Nullable Object>> checked = RowCheck.created(table, fixed, given);
        Operation.Work work = permit -> {
            boolean platform = permit.principal() instanceof Principal.Platform;
            if (!platform && checked.size() > MOST_CREATED) {
                throw tooMany();
            }
            if (!platform && !keeping) {
                refuseIds(checked);
            }
            return create(permit, checked);
        };
        boolean single = checked.size() == 1
                && !guard.narrows()
                && !guard.looks(checked)
                && !table.events().any(Moment.BEFORE_CREATE, Moment.ON_CREATE)
                && table.audit().isEmpty()
                && !table.whole().numbered()
                && table.links().isEmpty()
                && !checked.getFirst().containsKey(RecordTable.ID);
        return single ? new Operation.Statement(work) : new Operation.Write(work);
    }

    /// Adds rows that were checked, with all that belongs to it.
    List<Map<String, @Nullable Object>> create(Permit permit, List<Map<String, @Nullable Object>> checked) {
        Events events = table.events();
        List<Map<String, @Nullable Object>> rows =
                NewRows.completed(permit, table, events.creating(permit, checked));
        List<Map<String, @Nullable Object>> plain = links.without(rows);
        guard.references(permit, plain);
        List<Map<String, @Nullable Object>> created = guard.within(permit, () -> insert(permit, plain));
        rows.stream()
                .flatMap(row -> Optional.ofNullable((Long) row.get(RecordTable.ID)).stream())
                .max(Long::compare)
                .ifPresent(greatest -> permit.sql().fetch(
                        PAST_ID, val(permit.sql().render(table.table())), val(greatest)));
        FieldHistory.created(permit, table, plain, created);
        events.created(permit, created);
        return table.seen(links.write(permit, rows, created));
    }

    static Refusal tooMany() {
        return Refusal.tooLarge(
                "More than " + MOST_CREATED + " records were sent at once.", "Send them in several calls.");
    }

    private void refuseIds(List<Map<String, @Nullable Object>> rows) {
        Faults faults = new Faults();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).containsKey(RecordTable.ID)) {
                faults.add((rows.size() == 1 ? "" : "/" + i) + "/id", "read_only", "is written by the platform alone");
            }
        }
        faults.refuse("The " + table.word());
    }

    private List<Map<String, @Nullable Object>> insert(Permit permit, List<Map<String, @Nullable Object>> rows) {
        if (rows.size() == 1) {
            return insert(permit, table.whole().insert(rows.getFirst().keySet()), rows, rows);
        }
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        int batch = batch(names);
        List<Map<String, @Nullable Object>> created = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += batch) {
            List<Map<String, @Nullable Object>> some = rows.subList(from, Math.min(rows.size(), from + batch));
            InsertStatement statement = InsertStatement.of(table.whole(), some.stream().map(Map::keySet).toList());
            created.addAll(insert(permit, statement, some, rows));
        }
        return created;
    }

    private static int batch(Set<String> names) {
        return Math.min(BATCH, MOST_BINDS / (names.size() + 4));
    }

    private List<Map<String, @Nullable Object>> insert(
            Permit permit,
            InsertStatement statement,
            List<Map<String, @Nullable Object>> batch,
            List<Map<String, @Nullable Object>> all) {
        try {
            return statement.run(permit.sql(), batch, Stamp.created(permit));
        } catch (DataAccessException e) {
            throw Objections.written(table, all, e);
        }
    }
}
