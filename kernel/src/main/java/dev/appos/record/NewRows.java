package dev.appos.record;

import static org.jooq.impl.DSL.val;

import dev.appos.dispatch.Permit;
import dev.appos.object.NumberPattern;
import dev.appos.object.Origin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What only the moment knows of new rows: who and when, the next numbers, and whether a time lies where it must.
final class NewRows {

    private static final String NEXT = """
            insert into appos.running_number as number (record, field, series, last) values ({0}, {1}, {2}, {3})
            on conflict (record, field, series) do update set last = number.last + excluded.last
            returning last""";

    private NewRows() {}

    /// The rows with what the platform adds. The given ones stay as they are, as the call may be tried again.
    ///
    /// @param rows checked
    static List<Map<String, @Nullable Object>> completed(
            Permit permit, RecordTable table, List<Map<String, @Nullable Object>> rows) {
        List<Column> made = table.whole().madeOnCreation();
        if (made.isEmpty()) {
            return rows;
        }
        List<Map<String, @Nullable Object>> completed = new ArrayList<>(rows.size());
        rows.forEach(row -> completed.add(new LinkedHashMap<>(row)));
        for (Column column : made) {
            switch (column.origin()) {
                case Origin.Moment moment -> {
                    Object value = value(permit, moment);
                    completed.stream().filter(row -> !row.containsKey(column.name()))
                            .forEach(row -> row.put(column.name(), value));
                }
                case Origin.Running running -> number(permit, table, column, running, completed);
                case Origin.Given _, Origin.Literal _, Origin.Computed _ -> { }
            }
        }
        return completed;
    }

    private static Object value(Permit permit, Origin.Moment moment) {
        Instant at = permit.context().at();
        return switch (moment) {
            case NOW -> at.truncatedTo(ChronoUnit.MICROS);
            case TODAY -> LocalDate.ofInstant(at, ZoneOffset.UTC);
            case USER -> permit.principal().name();
        };
    }

    private static void number(
            Permit permit,
            RecordTable table,
            Column column,
            Origin.Running running,
            List<Map<String, @Nullable Object>> rows) {
        NumberPattern pattern = NumberPattern.of(running.pattern()).orElseThrow();
        Instant at = permit.context().at();
        long last = permit.sql()
                .fetchSingle(NEXT, val(table.ref().toString()), val(column.name()),
                        val(pattern.series(at)), val((long) rows.size()))
                .get(0, Long.class);
        long next = last - rows.size() + 1;
        for (Map<String, @Nullable Object> row : rows) {
            row.put(column.name(), pattern.write(at, next++));
        }
    }

    /// @param rows as they will be written, new or changed
    /// @throws dev.appos.base.Refusal naming every time that does not lie where its field demands
    static void checkTimes(RecordTable table, List<Map<String, @Nullable Object>> rows, Instant at) {
        List<Column> timed = table.whole().timed();
        if (timed.isEmpty()) {
            return;
        }
        Faults faults = new Faults();
        for (int i = 0; i < rows.size(); i++) {
            for (Column column : timed) {
                Integer compared = switch (rows.get(i).get(column.name())) {
                    case Instant time -> time.compareTo(at);
                    case LocalDate day -> day.compareTo(LocalDate.ofInstant(at, ZoneOffset.UTC));
                    case null, default -> null;
                };
                String place = (rows.size() == 1 ? "" : "/" + i) + Faults.pointer(column.name());
                column.field().flatMap(field -> field.limits().tense())
                        .filter(tense -> compared != null && !tense.admits(compared))
                        .ifPresent(tense -> faults.add(place, "time", tense.demand()));
            }
        }
        faults.refuse("The " + table.word());
    }
}
