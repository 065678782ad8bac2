package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Compare;
import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.object.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A statement that reads, rendered once for each form of a query and of what narrows it: writing it out anew took as
/// long as running it. The values are bound, so that callers share it.
final class ReadStatement {

    /// Longer than this a question holds up others, and nobody waits for it.
    static final int MOST_SECONDS = 2;

    /// Rows taken from the server at once where all are read one after the other.
    private static final int PORTION = 1_000;

    /// What is asked of the records.
    enum Mode { PAGE, ONE, COUNT }

    /// A question.
    ///
    /// @param search words to be found in the search fields
    record Asked(Query query, Optional<Compare> search, Mode mode) {}

    /// What the text depends on: the question without values, and what of it is there for the caller.
    ///
    /// @param tables  the record types as he sees them
    /// @param filters their row filters without values
    /// @param side    whether those that live are asked for, or those in the trash
    record Key(Asked asked, List<RecordTable> tables, List<Cond> filters, Reach.Side side) {}

    /// A value the text asks for: what it is compared with, or where there is none, limit or offset.
    private record Place(@Nullable Column column, String name) {}

    private final String text;
    private final Map<String, Part> parts;
    private final List<Place> places;

    /// Which of the comparisons stands at each place; -1 for limit and offset. Nothing if they cannot be told apart.
    private final int @Nullable [] slots;

    private ReadStatement(
            String text, Map<String, Part> parts, List<Place> places, int @Nullable [] slots) {
        this.text = text;
        this.parts = parts;
        this.places = places;
        this.slots = slots;
    }

    /// A statement with the values of one call.
    static final class Bound {

        private final ReadStatement statement;
        private final Query query;
        private final List<@Nullable Object> values;

        private Bound(ReadStatement statement, Query query, List<@Nullable Object> values) {
            this.statement = statement;
            this.query = query;
            this.values = values;
        }

        List<Map<String, @Nullable Object>> rows(DSLContext sql) {
            return sql.connectionResult(connection -> statement.run(connection, this));
        }

        /// Hands on row after row in portions, at most so many, and answers how many there were.
        long each(DSLContext sql, long most, Input.ScanRecords.Each each) {
            return sql.connectionResult(connection -> statement.scan(connection, this, most, each));
        }

        /// How many rows PostgreSQL expects behind the offset, without reading them.
        long expected(DSLContext sql) {
            return sql.connectionResult(connection -> statement.expected(connection, this));
        }
    }

    /// @throws dev.appos.base.Refusal naming everything that makes no sense
    static Bound of(Reach reach, RecordTable table, Asked asked) {
        Slots slots = new Slots();
        Asked form = new Asked(
                slots.form(asked.query()), asked.search().map(search -> (Compare) slots.form(search)), asked.mode());
        List<Ref> touched = table.touched(form);
        if (touched != null) {
            Key key = key(reach, table, form, touched, slots);
            ReadStatement known = key == null ? null : table.statement(key);
            if (known != null) {
                try {
                    return known.bound(asked.query(), slots.compares());
                } catch (IllegalArgumentException _) {
                    // A value that no comparison takes: refused below, where conditions are made into SQL.
                }
            }
        }
        return made(reach, table, asked, form);
    }

    private static @Nullable Key key(
            Reach reach, RecordTable table, Asked form, List<Ref> touched, Slots slots) {
        List<RecordTable> tables = new ArrayList<>(touched.size() + 1);
        List<Cond> filters = new ArrayList<>(touched.size() + 1);
        tables.add(table);
        filters.add(slots.form(reach.rows(table.ref())));
        for (Ref ref : touched) {
            Optional<RecordTable> found = reach.find(ref);
            if (found.isEmpty()) {
                return null;
            }
            tables.add(found.get());
            filters.add(slots.form(reach.rows(ref)));
        }
        return new Key(form, tables, filters, reach.side());
    }

    private static Bound made(Reach reach, RecordTable table, Asked asked, Asked form) {
        Map<String, Place> named = new HashMap<>();
        Map<String, Compare> compares = new HashMap<>();
        named.put("limit", new Place(null, "limit"));
        named.put("offset", new Place(null, "offset"));
        SelectWriter.Written written = new SelectWriter(reach, (column, compare, _, type) -> {
            String name = "v" + named.size();
            named.put(name, new Place(column, name));
            compares.put(name, compare);
            return DSL.param(name, type);
        }).write(table, asked);
        Select<?> select = written.select();
        DSLContext dialect = DSL.using(SQLDialect.POSTGRES);
        List<Place> places = dialect.extractParams(select).keySet().stream()
                .filter(named::containsKey).map(named::get).toList();
        List<@Nullable Compare> compared = new ArrayList<>();
        places.forEach(place -> compared.add(compares.get(place.name())));
        List<Ref> touched = reach.touched();
        Slots slots = new Slots();
        slots.form(asked.query());
        asked.search().ifPresent(slots::form);
        Key key = key(reach, table, form, touched, slots);
        ReadStatement statement = new ReadStatement(
                dialect.render(select), written.parts(), places, slots(compared, slots.compares()));
        if (key != null && statement.slots != null) {
            table.keep(form, touched, key, statement);
        }
        return new Bound(statement, asked.query(), statement.values(compared));
    }

    /// Which of these comparisons each of the others is; nothing if one is not among them.
    private static int @Nullable [] slots(List<@Nullable Compare> compared, List<Compare> compares) {
        Map<Compare, Integer> numbers = new IdentityHashMap<>();
        for (int i = 0; i < compares.size(); i++) {
            numbers.put(compares.get(i), i);
        }
        int[] slots = new int[compared.size()];
        for (int i = 0; i < slots.length; i++) {
            Integer number = compared.get(i) == null ? Integer.valueOf(-1) : numbers.get(compared.get(i));
            if (number == null) {
                return null;
            }
            slots[i] = number;
        }
        return slots;
    }

    private List<@Nullable Object> values(List<@Nullable Compare> compares) {
        List<@Nullable Object> values = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            Compare compare = compares.get(i);
            values.add(compare == null ? null : Comparison.value(places.get(i).column(), compare));
        }
        return values;
    }

    private Bound bound(Query query, List<Compare> compares) {
        List<@Nullable Object> values = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            values.add(slots[i] < 0 ? null : Comparison.value(places.get(i).column(), compares.get(slots[i])));
        }
        return new Bound(this, query, values);
    }

    private List<Map<String, @Nullable Object>> run(Connection connection, Bound bound) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setQueryTimeout(MOST_SECONDS);
            bind(statement, bound, bound.query.limit());
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(Part.row(parts, result));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw ReadFaults.of(failure);
        }
    }

    private long scan(Connection connection, Bound bound, long most, Input.ScanRecords.Each each)
            throws SQLException {
        boolean committing = connection.getAutoCommit();
        // Without a transaction the driver takes the whole result at once.
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setFetchSize(PORTION);
            bind(statement, bound, most);
            long count = 0;
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    each.row(Part.row(parts, result));
                    count++;
                }
            }
            return count;
        } catch (SQLException failure) {
            throw ReadFaults.of(failure);
        } finally {
            if (committing && !connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private long expected(Connection connection, Bound bound) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("explain " + text)) {
            bind(statement, bound, Long.MAX_VALUE);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? ReadFaults.expected(result.getString(1)) : 0;
            }
        } catch (SQLException failure) {
            throw ReadFaults.of(failure);
        }
    }

    private void bind(PreparedStatement statement, Bound bound, long limit) throws SQLException {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.column() == null) {
                statement.setLong(i + 1, place.name().equals("limit") ? limit : bound.query.offset());
                continue;
            }
            switch (bound.values.get(i)) {
                case String[] list ->
                    statement.setArray(i + 1, statement.getConnection().createArrayOf("text", list));
                case Object[] list -> statement.setArray(
                        i + 1, statement.getConnection().createArrayOf(place.column().type().sql(), list));
                case JSONB json -> statement.setString(i + 1, json.data());
                case String written -> statement.setString(i + 1, written);
                case null, default -> place.column().bind(statement, i + 1, bound.values.get(i));
            }
        }
    }
}
