package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Page;
import dev.appos.object.Query.Selected;
import dev.appos.object.Query;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Makes the reading operations ready: one statement each, and one more where a count must be taken.
final class Reads {

    /// Up to so many records an estimate is a count.
    private static final long FEW = 10_000;

    private final Reach reach;
    private final RecordTable table;

    /// @param table with the columns the caller may see
    Reads(Reach reach, RecordTable table) {
        this.reach = reach;
        this.table = table;
    }

    Operation list(Query query) {
        Faults faults = new Faults();
        if (query.limit() < 0 || query.limit() > Query.LARGEST_PAGE) {
            faults.add("/limit", "range", "must be between 0 and " + Query.LARGEST_PAGE);
        }
        if (query.offset() < 0) {
            faults.add("/offset", "range", "must not be negative");
        }
        faults.refuse(Faults.QUERY);
        Optional<Cond.Compare> search = Searches.of(query.extras().search());
        Optional<Cursor> cursor = query.extras().after().map(after -> new Cursor(table, query, after));
        Query asked = cursor.map(Cursor::query).orElse(query);
        ReadStatement.Bound page = statement(asked, search, ReadStatement.Mode.PAGE);
        ReadStatement.@Nullable Bound count = query.extras().count() == Query.Count.NONE
                ? null : statement(query, search, ReadStatement.Mode.COUNT);
        return new Operation.Read(permit -> {
            List<Map<String, @Nullable Object>> rows = page.rows(permit.sql());
            Optional<String> next = cursor.flatMap(each -> each.next(rows));
            OptionalLong total = count == null ? OptionalLong.empty()
                    : OptionalLong.of(total(permit, query, page, count, rows.size()));
            return new Page(rows, total, next);
        });
    }

    /// Reads in portions from one statement, so from one state of the data, with as much memory as a portion takes.
    Operation scan(Input.ScanRecords scan) {
        ReadStatement.Bound statement = statement(
                scan.query(), Searches.of(scan.query().extras().search()), ReadStatement.Mode.PAGE);
        return new Operation.Read(permit ->
                statement.each(permit.sql(), scan.most().orElse(Long.MAX_VALUE), scan.each()));
    }

    private ReadStatement.Bound statement(Query query, Optional<Cond.Compare> search, ReadStatement.Mode mode) {
        return ReadStatement.of(reach, table, new ReadStatement.Asked(query, search, mode));
    }

    /// What the planner expects is drawn from all rows, so who does not see them all is not told.
    private long total(
            Permit permit, Query query, ReadStatement.Bound page, ReadStatement.Bound count, int rows) {
        boolean last = rows < query.limit() && (rows > 0 || query.offset() == 0);
        if (last && query.extras().after().isEmpty()) {
            return query.offset() + rows;
        }
        if (query.extras().count() != Query.Count.EXACT && !reach.narrows(table.ref())) {
            long expected = page.expected(permit.sql()) + query.offset();
            if (query.extras().count() == Query.Count.PLANNED || expected > FEW) {
                return Math.max(expected, query.offset() + rows);
            }
        }
        return number(count.rows(permit.sql()).getFirst());
    }

    private static long number(Map<String, @Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.get("count"));
    }

    Operation get(Input.GetRecord get) {
        Cond one = new Cond.Compare(RecordTable.ID, Cond.Operator.EQ, get.id());
        ReadStatement.Bound statement = statement(
                new Query(get.select(), one, List.of(), 1, 0, false), Optional.empty(), ReadStatement.Mode.ONE);
        return new Operation.Read(permit -> statement.rows(permit.sql()).stream().findFirst()
                .orElseThrow(() -> Refusal.notFound(table.one(get.id()))));
    }

    Operation count(Input.CountRecords count) {
        ReadStatement.Bound statement = statement(
                new Query(List.of(), count.where(), List.of(), 1, 0, false), Optional.empty(),
                ReadStatement.Mode.COUNT);
        return new Operation.Read(permit -> number(statement.rows(permit.sql()).getFirst()));
    }

    Operation sum(Input.SumRecords wanted) {
        Selected sum = new Selected.Call(Query.Function.SUM, wanted.column(), "sum", "numeric");
        ReadStatement.Bound statement = statement(
                new Query(List.of(sum), wanted.where(), List.of(), 1, 0, false), Optional.empty(),
                ReadStatement.Mode.PAGE);
        return new Operation.Read(permit -> {
            Object total = statement.rows(permit.sql()).getFirst().get("sum");
            return total == null ? BigDecimal.ZERO : total;
        });
    }

    Operation history(Lifecycle.History history) {
        Table<Record> log = table.audit().orElseThrow(() -> Refusal.notFound("field history of " + table.ref()));
        if (history.limit() < 1 || history.limit() > FieldHistory.LARGEST) {
            throw Refusal.invalid(
                    Faults.QUERY, "/limit", "range", "must be between 1 and " + FieldHistory.LARGEST);
        }
        // Who does not see every row sees the history of those he sees, so not that of rows that are gone.
        Cond one = new Cond.Compare(RecordTable.ID, Cond.Operator.EQ, history.id());
        Optional<Filter> filter = reach.narrows(table.ref())
                ? Optional.of(Filters.of(reach, table, one))
                : Optional.empty();
        return new Operation.Read(permit -> {
            if (filter.isPresent() && !permit.sql().fetchExists(table.aliased(), filter.get().condition())) {
                throw Refusal.notFound(table.one(history.id()));
            }
            return FieldHistory.of(permit, log, history, table);
        });
    }
}
