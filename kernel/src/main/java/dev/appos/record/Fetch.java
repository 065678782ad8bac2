package dev.appos.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Reads rows straight from the driver: on a page of fifty, jOOQ's own records cost as much as the query.
final class Fetch {

    private Fetch() {}

    /// Makes a row of the answer from the current row of a result.
    @FunctionalInterface
    interface Reader {

        Map<String, @Nullable Object> row(ResultSet result) throws SQLException;
    }

    static List<Map<String, @Nullable Object>> rows(ResultQuery<?> query, Reader reader) {
        try (Cursor<?> cursor = query.fetchLazy()) {
            ResultSet result = cursor.resultSet();
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new DataAccessException("could not read the rows: " + e.getMessage(), e);
        }
    }
}
