package dev.appos.record;

import static org.jooq.impl.DSL.coalesce;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Operation;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes the reading operations ready: one statement each.
final class Reads {

    /// More orders than this are a mistake.
    private static final int MOST_ORDERS = 20;

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
        List<SortField<?>> order = order(query.order(), faults);
        faults.refuse(Faults.QUERY);
        Projection projection = Projection.of(reach, table, query.select());
        Filter filter = Filters.of(reach, table, query.where());
        return new Operation.Read(permit -> {
            List<Map<String, @Nullable Object>> rows = Fetch.rows(
                    permit.sql()
                            .select(projection.fields())
                            .from(projection.from())
                            .where(filter.condition())
                            .orderBy(order)
                            .limit(query.limit())
                            .offset(query.offset()),
                    projection::row);
            OptionalLong total = query.total()
                    ? OptionalLong.of(permit.sql()
                            .selectCount().from(table.aliased()).where(filter.condition()).fetchSingle(0, Long.class))
                    : OptionalLong.empty();
            return new Page(rows, total);
        });
    }

    /// Reads in portions from one statement, so from one state of the data, with as much memory as a portion takes.
    Operation scan(Input.ScanRecords scan) {
        Faults faults = new Faults();
        List<SortField<?>> order = order(scan.query().order(), faults);
        faults.refuse(Faults.QUERY);
        Projection projection = Projection.of(reach, table, scan.query().select());
        Filter filter = Filters.of(reach, table, scan.query().where());
        return new Operation.Read(permit -> Fetch.each(
                permit.sql(),
                permit.sql()
                        .select(projection.fields())
                        .from(projection.from())
                        .where(filter.condition())
                        .orderBy(order)
                        .limit(scan.most().orElse(Long.MAX_VALUE))
                        .offset(scan.query().offset()),
                projection::row,
                scan.each()));
    }

    /// By these columns, then by id, so that pages neither repeat nor skip a record.
    private List<SortField<?>> order(List<Order> wanted, Faults faults) {
        if (wanted.size() > MOST_ORDERS) {
            faults.add("/order", "size", "must not name more than " + MOST_ORDERS + " columns");
        }
        List<SortField<?>> order = new ArrayList<>();
        for (Order each : wanted.subList(0, Math.min(wanted.size(), MOST_ORDERS))) {
            Column column = table.column(each.path());
            if (column == null) {
                faults.add(Faults.unknown(table, each.path(), each.path()));
                continue;
            }
            // PostgreSQL puts nulls last ascending and first descending, and its indexes do so too.
            Field<Object> field = column.in(RecordTable.ALIAS);
            order.add(each.descending() ? field.desc() : field.asc());
        }
        order.add(table.known(RecordTable.ID).in(RecordTable.ALIAS).asc());
        return order;
    }

    Operation get(Input.GetRecord get) {
        GetStatement.Bound statement = GetStatement.of(reach, table, get.select());
        return new Operation.Read(permit -> statement.row(permit.sql(), get.id())
                .orElseThrow(() -> Refusal.notFound(table.one(get.id()))));
    }

    Operation count(Input.CountRecords count) {
        Filter filter = Filters.of(reach, table, count.where());
        return new Operation.Read(permit -> {
            return permit.sql()
                    .selectCount()
                    .from(table.aliased())
                    .where(filter.condition())
                    .fetchSingle(0, Long.class);
        });
    }

    Operation sum(Input.SumRecords wanted) {
        Column column = table.column(wanted.column());
        Faults faults = new Faults();
        if (column == null) {
            faults.add(Faults.unknown(table, wanted.column(), wanted.column()));
        } else if (!column.type().numeric()) {
            faults.add(Faults.pointer(wanted.column()), "type", "is not a number, so it has no sum");
        }
        faults.refuse(Faults.QUERY);
        Filter filter = Filters.of(reach, table, wanted.where());
        Field<BigDecimal> total = coalesce(DSL.sum(number(table.known(wanted.column()))), BigDecimal.ZERO);
        return new Operation.Read(permit -> {
            return permit.sql()
                    .select(total)
                    .from(table.aliased())
                    .where(filter.condition())
                    .fetchSingle(total);
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only called for numeric columns
    private static Field<? extends Number> number(Column column) {
        return (Field) column.in(RecordTable.ALIAS);
    }

    Operation history(Input.History history) {
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
            return FieldHistory.of(permit, log, history, table.hidden());
        });
    }
}
