package dev.appos.record;

import static org.jooq.impl.DSL.defaultValue;

import dev.appos.store.LostConnections;
import dev.appos.store.SqlFault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statement that adds rows and answers them, with its values still to be given. For one row it is written out once
/// for each set of columns: that took longer than running it.
///
/// @param given   for each row the columns it has values for, in their order; the others take their defaults
/// @param stamped the columns the platform writes into every row
record InsertStatement(RecordTable table, String text, List<List<Column>> given, List<Column> stamped) {

    /// @param rows the columns of each row
    static InsertStatement of(RecordTable table, List<? extends Set<String>> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(names::addAll);
        List<Column> stamped = Stamp.onCreation(table);
        List<Field<?>> fields = new ArrayList<>();
        names.forEach(name -> fields.add(table.known(name).bare()));
        stamped.forEach(column -> fields.add(column.bare()));
        InsertValuesStepN<Record> insert =
                DSL.using(SQLDialect.POSTGRES).insertInto(table.table()).columns(fields);
        for (Set<String> row : rows) {
            List<Field<?>> values = new ArrayList<>(fields.size());
            for (String name : names) {
                Column column = table.known(name);
                values.add(row.contains(name) ? column.value() : defaultValue(column.dataType()));
            }
            stamped.forEach(column -> values.add(column.value()));
            insert = insert.values(values);
        }
        List<List<Column>> given = rows.stream()
                .map(row -> names.stream().filter(row::contains).map(table::known).toList())
                .toList();
        return new InsertStatement(table, insert.returning(table.all()).getSQL(), given, stamped);
    }

    /// Adds the rows, which have the columns the statement was made for.
    List<Map<String, @Nullable Object>> run(
            DSLContext sql, List<Map<String, @Nullable Object>> rows, List<@Nullable Object> stamps) {
        return sql.connectionResult(connection -> run(connection, rows, stamps));
    }

    private List<Map<String, @Nullable Object>> run(
            Connection connection, List<Map<String, @Nullable Object>> rows, List<@Nullable Object> stamps)
            throws SQLException {
        // Asked now: a connection that is lost answers nothing.
        boolean committing = connection.getAutoCommit();
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int place = 1;
            for (int i = 0; i < rows.size(); i++) {
                for (Column column : given.get(i)) {
                    column.bind(statement, place++, rows.get(i).get(column.name()));
                }
                for (int k = 0; k < stamped.size(); k++) {
                    stamped.get(k).bind(statement, place++, stamps.get(k));
                }
            }
            List<Map<String, @Nullable Object>> created = new ArrayList<>(rows.size());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    created.add(table.row(result));
                }
            }
            return created;
        } catch (SQLException failure) {
            if (committing && SqlFault.of(failure).kind() == SqlFault.Kind.UNAVAILABLE) {
                throw LostConnections.unknownOutcome(failure);
            }
            throw failure;
        }
    }
}
