package dev.appos.record;

import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Typed;
import dev.appos.object.RecordEvent;
import dev.appos.object.RecordEvent.Moment;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What is still to be done about changes that are kept. A row is added in the transaction of the change and removed
/// in that of the work, so that neither can be without the other.
final class Outbox {

    private static final String ADD = """
            insert into appos.record_event (ref, event, moment, record_id, before, after, chain, principal,
                                            execution_id, at, due_at)
            values (?, ?, ?, ?, cast(? as json), cast(? as json), ?, ?, ?, cast(? as timestamptz),
                    cast(? as timestamptz))""";

    private static final String TAKE = """
            with free as (select id from appos.record_event where id = ? for update skip locked)
            delete from appos.record_event e using free where e.id = free.id
            returning e.event, e.moment, e.record_id, e.before, e.after, e.chain, e.principal, e.execution_id, e.at""";

    private Outbox() {}

    /// A record before and after a change, as far as there was one then.
    record Rows(
            long id, @Nullable Map<String, @Nullable Object> before, @Nullable Map<String, @Nullable Object> after) {}

    /// Something to be done.
    ///
    /// @param chain the events it follows from
    /// @param by    who made the change
    record Kept(
            String event, Moment moment, Rows rows, List<String> chain, String by, String executionId,
            OffsetDateTime at) {}

    static void add(Permit permit, RecordTable table, RecordEvent event, Rows rows, List<String> chain) {
        OffsetDateTime at = permit.context().at().atOffset(ZoneOffset.UTC);
        permit.sql().execute(
                ADD, table.ref().toString(), event.name(), event.moment().name(), rows.id(), json(rows.before()),
                json(rows.after()), chain.toArray(String[]::new), permit.principal().name(),
                permit.context().executionId(), at, at);
    }

    /// Takes it, unless it is done by now or somebody else is at it.
    static Optional<Kept> take(DSLContext sql, long id) {
        Record row = sql.fetchOne(TAKE, id);
        if (row == null) {
            return Optional.empty();
        }
        Rows rows = new Rows(
                row.get("record_id", Long.class), row(row.get("before", String.class)),
                row(row.get("after", String.class)));
        return Optional.of(new Kept(
                row.get("event", String.class), Moment.valueOf(row.get("moment", String.class)), rows,
                List.of(row.get("chain", String[].class)), row.get("principal", String.class),
                row.get("execution_id", String.class), row.get("at", OffsetDateTime.class)));
    }

    private static @Nullable String json(@Nullable Map<String, @Nullable Object> row) {
        return row == null ? null : Typed.write(row);
    }

    private static @Nullable Map<String, @Nullable Object> row(@Nullable String json) {
        if (json == null || !(Typed.read(json, Outbox.class.getClassLoader()) instanceof Map<?, ?> values)) {
            return null;
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        values.forEach((name, value) -> row.put((String) name, value));
        return row;
    }
}
