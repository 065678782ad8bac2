package dev.appos.record;

import dev.appos.base.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Sends checked values by PostgreSQL's COPY, in its text form.
final class CopyRows {

    /// Characters sent at once.
    private static final int PORTION = 64 * 1024;

    private CopyRows() {}

    /// @param rows each under its place, which is the first value sent
    static void into(
            DSLContext sql, String copy, List<Column> columns, Map<Integer, List<@Nullable Object>> rows) {
        sql.connection(connection -> {
            CopyIn to = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
            try {
                StringBuilder text = new StringBuilder(PORTION + 1024);
                for (Map.Entry<Integer, List<@Nullable Object>> row : rows.entrySet()) {
                    text.append(row.getKey().intValue());
                    for (int i = 0; i < columns.size(); i++) {
                        text.append('\t');
                        write(text, columns.get(i), row.getValue().get(i));
                    }
                    text.append('\n');
                    if (text.length() > PORTION) {
                        send(to, text);
                    }
                }
                send(to, text);
                to.endCopy();
            } finally {
                if (to.isActive()) {
                    to.cancelCopy();
                }
            }
        });
    }

    private static void send(CopyIn to, StringBuilder text) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        to.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private static void write(StringBuilder to, Column column, @Nullable Object value) {
        switch (value) {
            case null -> to.append("\\N");
            case BigDecimal number -> to.append(number.toPlainString());
            case Number number -> to.append(number);
            case Boolean truth -> to.append(truth ? 't' : 'f');
            default -> escaped(to, column.type().json() ? Json.write(value) : value.toString());
        }
    }

    private static void escaped(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> to.append(each);
            }
        }
    }
}
