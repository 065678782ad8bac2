package dev.appos.record;

import dev.appos.object.Query.Selected;
import dev.appos.registry.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statement that reads one record by its id, rendered once for each selection: writing it out anew took as long as
/// running it.
///
/// @param reaches the names that lead to other records, still to be checked at each call
record GetStatement(String text, Projection projection, List<Reach> reaches) {

    static GetStatement of(Tables tables, Snapshot snapshot, RecordTable table, List<Selected> select) {
        Projection projection = Projection.of(tables, snapshot, table, select);
        String text = DSL.using(SQLDialect.POSTGRES)
                .select(projection.fields())
                .from(projection.from())
                .where(table.known(RecordTable.ID).in(RecordTable.ALIAS).eq(DSL.param("id", Object.class)))
                .getSQL();
        return new GetStatement(text, projection, List.copyOf(projection.reaches()));
    }

    /// The row, if there is one.
    Optional<Map<String, @Nullable Object>> row(DSLContext sql, long id) {
        return sql.connectionResult(connection -> row(connection, id));
    }

    private Optional<Map<String, @Nullable Object>> row(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setLong(1, id);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(projection.row(result)) : Optional.empty();
            }
        }
    }
}
