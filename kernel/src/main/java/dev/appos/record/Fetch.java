package dev.appos.record;

import dev.appos.object.Input;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Reads rows straight from the driver: on a page of fifty, jOOQ's own records cost as much as the query.
final class Fetch {

    /// Rows that are in memory at once when there may be any number of them.
    private static final int PORTION = 1_000;

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

    /// Hands on row after row, and answers how many there were.
    static long each(DSLContext sql, ResultQuery<?> query, Reader reader, Input.ScanRecords.Each each) {
        // Without a transaction the driver takes the whole result at once.
        boolean own = sql.connectionResult(connection -> {
            boolean committing = connection.getAutoCommit();
            connection.setAutoCommit(false);
            return committing;
        });
        try (Cursor<?> cursor = query.fetchSize(PORTION).fetchLazy()) {
            ResultSet result = cursor.resultSet();
            long count = 0;
            while (result.next()) {
                each.row(reader.row(result));
                count++;
            }
            return count;
        } catch (SQLException e) {
            throw new DataAccessException("could not read the rows: " + e.getMessage(), e);
        } finally {
            if (own) {
                sql.connection(connection -> {
                    if (!connection.isClosed()) {
                        connection.rollback();
                        connection.setAutoCommit(true);
                    }
                });
            }
        }
    }
}
