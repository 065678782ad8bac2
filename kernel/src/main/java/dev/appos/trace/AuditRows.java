package dev.appos.trace;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.appos.base.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Adds rows to the audit, each sealed by itself as it is written. Rows are never changed.
public final class AuditRows {

    /// Every column that a seal covers, in the order in which it covers them.
    private static final List<String> SEALED = List.of(
            "id", "at", "execution_id", "principal", "on_behalf_of", "object_ref", "action", "verdict", "rule",
            "policy", "policy_version", "reason", "digest", "approval_id", "subject");

    private final AuditSeal seal;

    public AuditRows(AuditSeal seal) {
        this.seal = seal;
    }

    /// Adds a row in the transaction of the change it is about.
    ///
    /// @param columns by name: `id` a [UUID], `at` an [Instant], `policy_version` an `Integer`, `approval_id` a [UUID],
    ///                the others texts; a column that is left out is null
    public void add(DSLContext sql, Map<String, @Nullable Object> columns) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        columns.forEach((column, value) -> kept.put(column, kept(value)));
        for (String column : SEALED) {
            row.put(column(column), kept.get(column));
        }
        row.put(column("mac"), seal.of(content(kept)));
        sql.insertInto(table(name("appos", "audit"))).set(row).execute();
    }

    /// The value as the database gives it back.
    private static @Nullable Object kept(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant at -> at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            case String text -> Redaction.ON.text(text).replace('\u0000', '\ufffd');
            default -> value;
        };
    }

    private static Field<?> column(String column) {
        return switch (column) {
            case "id", "approval_id" -> field(name(column), SQLDataType.UUID);
            case "at" -> field(name(column), SQLDataType.TIMESTAMPWITHTIMEZONE);
            case "policy_version" -> field(name(column), SQLDataType.INTEGER);
            default -> field(name(column), SQLDataType.CLOB);
        };
    }

    /// What a row says, as one text that no other row has.
    static String content(Record row) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (String column : SEALED) {
            columns.put(column, column.equals("at") ? row.get(column, OffsetDateTime.class) : row.get(column));
        }
        return content(columns);
    }

    private static String content(Map<String, @Nullable Object> columns) {
        return Json.write(SEALED.stream().map(column -> text(columns.get(column))).toList());
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case OffsetDateTime at -> at.toInstant().toString();
            case UUID id -> id.toString();
            default -> value.toString();
        };
    }
}
