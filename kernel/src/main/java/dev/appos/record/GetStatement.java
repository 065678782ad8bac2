package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.object.Query.Selected;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statement that reads one record by its id, rendered once for each selection and each form of what narrows it:
/// writing it out anew took as long as running it. The values of row filters are bound, so that callers share it.
final class GetStatement {

    /// What the text depends on: the columns, the tables as the caller sees them, and the row filters without values.
    record Key(List<Selected> select, List<RecordTable> tables, List<Cond> filters) {}

    private final String text;
    private final Projection projection;

    /// The columns the values are compared with, those of the joins first; the id stands at this place among them.
    private final List<Column> columns;
    private final int id;

    private GetStatement(String text, Projection projection, List<Column> columns, int id) {
        this.text = text;
        this.projection = projection;
        this.columns = columns;
        this.id = id;
    }

    /// A statement with the values of one call.
    @FunctionalInterface
    interface Bound {

        /// The row, if there is one that exists for the caller.
        Optional<Map<String, @Nullable Object>> row(DSLContext sql, long id);
    }

    /// @throws dev.appos.base.Refusal naming every name that is unknown to the caller
    static Bound of(Reach reach, RecordTable table, List<Selected> select) {
        List<RecordTable> tables = new ArrayList<>();
        for (Selected selected : select) {
            if (selected instanceof Selected.Embed embed) {
                Projection.target(reach, table, embed).ifPresent(tables::add);
            }
        }
        tables.add(table);
        List<Cond> filters = tables.stream().map(each -> reach.rows(each.ref())).toList();
        Key key = new Key(select, List.copyOf(tables), filters.stream().map(FilterValues::form).toList());
        GetStatement known = table.statement(key);
        List<Cond.Compare> compares = filters.stream().flatMap(FilterValues::compares).toList();
        if (known != null) {
            try {
                return known.bound(compares);
            } catch (IllegalArgumentException _) {
                // A value that no comparison takes: refused below, where filters are made into SQL.
            }
        }
        return made(reach, key, filters, compares);
    }

    private static Bound made(Reach reach, Key key, List<Cond> filters, List<Cond.Compare> compares) {
        RecordTable table = key.tables().getLast();
        Projection projection = Projection.of(reach, table, key.select());
        Condition rows = reach.rows(table, RecordTable.ALIAS);
        Condition one = table.known(RecordTable.ID).in(RecordTable.ALIAS).eq(DSL.param("id", Object.class)).and(rows);
        Query query = DSL.using(SQLDialect.POSTGRES).select(projection.fields()).from(projection.from()).where(one);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            RecordTable filtered = reach.whole(key.tables().get(i).ref()).orElseThrow();
            FilterValues.compares(filters.get(i))
                    .forEach(each -> columns.add(Filters.end(reach, filtered, each.path())));
        }
        int id = compares.size() - (int) FilterValues.compares(filters.getLast()).count();
        GetStatement statement = new GetStatement(query.getSQL(), projection, columns, id);
        FilterValues values = new FilterValues(columns, compares);
        boolean flat = filters.stream().allMatch(FilterValues::flat);
        if (flat && values.bindable() && values.are(id, query.getBindValues())) {
            table.keep(key, statement);
            return statement.bound(compares);
        }
        // Not in the order or of the types that can be bound by hand: rendered at each call.
        return (sql, wanted) -> {
            Condition same = table.known(RecordTable.ID).in(RecordTable.ALIAS).eq((Object) wanted).and(rows);
            return Fetch.rows(
                            sql.select(projection.fields()).from(projection.from()).where(same), projection::row)
                    .stream().findFirst();
        };
    }

    private Bound bound(List<Cond.Compare> compares) {
        FilterValues values = new FilterValues(columns, compares);
        return (sql, wanted) -> sql.connectionResult(connection -> row(connection, wanted, values));
    }

    private Optional<Map<String, @Nullable Object>> row(Connection connection, long wanted, FilterValues values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            values.bind(statement, id, wanted);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(projection.row(result)) : Optional.empty();
            }
        }
    }
}
