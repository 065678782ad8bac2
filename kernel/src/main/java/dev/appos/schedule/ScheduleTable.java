package dev.appos.schedule;

import dev.appos.store.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Where each schedule is: when it ran last, when it runs next, whether an operator stopped it.
final class ScheduleTable {

    /// What changed in the sources begins anew; what an operator decided stands until its author decides anew.
    private static final String PUT = """
            insert into appos.scheduled_triggers as t (id, process, cron, zone, declared, enabled, next_run)
            values (?, ?, ?, ?, ?, ?, cast(? as timestamptz))
            on conflict (id) do update set
                process = excluded.process, cron = excluded.cron, zone = excluded.zone, declared = excluded.declared,
                enabled = case when t.declared = excluded.declared then t.enabled else excluded.enabled end,
                next_run = case when (t.cron, t.zone) = (excluded.cron, excluded.zone) then t.next_run
                           else excluded.next_run end
            where (t.process, t.cron, t.zone, t.declared)
                is distinct from (excluded.process, excluded.cron, excluded.zone, excluded.declared)""";

    private static final String FORGET = "delete from appos.scheduled_triggers where id <> all(?)";

    private static final String DUE = """
            select * from appos.scheduled_triggers
            where enabled and next_run <= cast(? as timestamptz) or asked_at is not null order by next_run, id""";

    private static final String ALL = "select * from appos.scheduled_triggers where id = any(?)";

    /// Only the first to come writes: whoever is late finds another time there.
    private static final String RAN = """
            update appos.scheduled_triggers
            set last_run = cast(? as timestamptz), next_run = cast(? as timestamptz),
                last_instance = coalesce(cast(? as uuid), last_instance), error = cast(? as text)
            where id = ? and next_run = cast(? as timestamptz) and cron = ? and zone = ?""";

    private static final String ANSWERED = """
            update appos.scheduled_triggers
            set asked_at = null, asked_by = null, last_run = cast(? as timestamptz),
                last_instance = coalesce(cast(? as uuid), last_instance), error = cast(? as text)
            where id = ? and asked_at = cast(? as timestamptz)""";

    private static final String SKIPPED = """
            update appos.scheduled_triggers set next_run = cast(? as timestamptz)
            where id = ? and next_run = cast(? as timestamptz) and cron = ? and zone = ?""";

    private static final String ASK =
            "update appos.scheduled_triggers set asked_at = cast(? as timestamptz), asked_by = ? where id = ?";

    /// What was not run while it was stopped is not made up for.
    private static final String ENABLE = """
            update appos.scheduled_triggers set enabled = ?, next_run = cast(? as timestamptz), error = null
            where id = ?""";

    /// A schedule as it stands.
    ///
    /// @param asked when somebody asked for a run besides, and who
    record Row(
            String id, String cron, String zone, boolean enabled, Optional<Instant> last, Optional<Instant> next,
            Optional<UUID> instance, Optional<String> error, Optional<Asked> asked) {

        boolean is(Declared declared) {
            return cron.equals(declared.schedule().cron().expression())
                    && zone.equals(declared.schedule().cron().zone().getId());
        }
    }

    /// A run that an operator asked for.
    record Asked(Instant at, String by) {}

    /// What came of a run.
    record Came(Optional<UUID> instance, Optional<String> error) {}

    private final Database database;

    ScheduleTable(Database database) {
        this.database = database;
    }

    /// Makes the table hold what the sources declare, and nothing else.
    void keep(List<Declared> declared, Instant now) {
        database.write(sql -> {
            declared.stream().sorted(Comparator.comparing(Declared::id)).forEach(each -> sql.execute(
                    PUT, each.id(), each.process().toString(), each.schedule().cron().expression(),
                    each.schedule().cron().zone().getId(), each.schedule().enabled(), each.schedule().enabled(),
                    time(each.schedule().cron().next(now))));
            return sql.execute(FORGET, (Object) declared.stream().map(Declared::id).toArray(String[]::new));
        });
    }

    List<Row> due(Instant now) {
        return database.read(sql -> sql.fetch(DUE, time(Optional.of(now))).map(ScheduleTable::row));
    }

    static Map<String, Row> rows(DSLContext sql, List<Declared> declared) {
        return sql.fetch(ALL, (Object) declared.stream().map(Declared::id).toArray(String[]::new)).stream()
                .map(ScheduleTable::row)
                .collect(Collectors.toMap(Row::id, row -> row));
    }

    /// Says that a time of a schedule was run, and when it runs next.
    void ran(Row row, Instant tick, Optional<Instant> next, Came came) {
        database.read(sql -> sql.execute(
                RAN, time(Optional.of(tick)), time(next), uuid(came.instance()), text(came.error()), row.id(),
                time(row.next()), row.cron(), row.zone()));
    }

    /// Says that the times up to now were let go.
    void skipped(Row row, Optional<Instant> next) {
        database.read(sql -> sql.execute(
                SKIPPED, time(next), row.id(), time(row.next()), row.cron(), row.zone()));
    }

    /// Says that a run somebody asked for was made.
    void answered(Row row, Asked asked, Instant now, Came came) {
        database.read(sql -> sql.execute(
                ANSWERED, time(Optional.of(now)), uuid(came.instance()), text(came.error()), row.id(),
                time(Optional.of(asked.at()))));
    }

    static void ask(DSLContext sql, String id, Asked asked) {
        sql.execute(ASK, time(Optional.of(asked.at())), asked.by(), id);
    }

    static void enable(DSLContext sql, Declared declared, boolean enabled, Instant now) {
        sql.execute(ENABLE, enabled, time(declared.schedule().cron().next(now)), declared.id());
    }

    private static Row row(Record row) {
        Optional<Asked> asked =
                time(row, "asked_at").map(at -> new Asked(at, row.get("asked_by", String.class)));
        return new Row(
                row.get("id", String.class), row.get("cron", String.class), row.get("zone", String.class),
                row.get("enabled", Boolean.class), time(row, "last_run"), time(row, "next_run"),
                Optional.ofNullable(row.get("last_instance", UUID.class)),
                Optional.ofNullable(row.get("error", String.class)), asked);
    }

    private static Optional<Instant> time(Record row, String column) {
        return Optional.ofNullable(row.get(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Field<@Nullable OffsetDateTime> time(Optional<Instant> time) {
        return DSL.val(
                time.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private static Field<@Nullable UUID> uuid(Optional<UUID> id) {
        return DSL.val(id.orElse(null), SQLDataType.UUID);
    }

    private static Field<@Nullable String> text(Optional<String> text) {
        return DSL.val(text.orElse(null), SQLDataType.VARCHAR);
    }
}
