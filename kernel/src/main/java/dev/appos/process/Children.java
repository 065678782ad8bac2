package dev.appos.process;

import dev.appos.base.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Which process started which, and how those ended that are waited for.
final class Children {

    /// More inside each other, each waiting for the next, are a recursion that does not end.
    static final int DEEPEST = 16;

    private static final String BEGIN =
            "insert into appos.process_child (id, parent_id, awaited) values (?, ?, ?)";

    /// Only of an instance that is over. One that failed may have been tried again since.
    private static final String REPORT = """
            update appos.process_child c set status = i.status, answer = ?::json, error = ?
            from appos.process_instance i
            where c.id = ? and (c.status is null or c.status = 'failed')
              and i.id = c.id and i.completed_at is not null""";

    private static final String ENDED =
            "select status, answer, error from appos.process_child where id = ? and status is not null";

    private static final String CANCEL = """
            update appos.process_ready
            set cancel = true, wake_at = case when owner is null then now() else wake_at end
            where id in (select id from appos.process_child where parent_id = ? and awaited and status is null)""";

    private static final String PARENT = """
            select i.id, i.process from appos.process_child c join appos.process_instance i on i.id = c.parent_id
            where c.id = ?""";

    private static final String LIST = """
            select i.id, i.process, i.status, c.awaited
            from appos.process_child c join appos.process_instance i on i.id = c.id
            where c.parent_id = ? order by c.id limit 1000""";

    /// How a child ended.
    ///
    /// @param answer typed JSON
    record Ended(String status, Optional<String> answer, Optional<String> error) {}

    /// What a child says to whoever waits for it.
    ///
    /// @param parent who waits
    /// @param answer typed JSON
    record Report(UUID parent, Optional<String> answer, Optional<String> error) {}

    private Children() {}

    static void begin(DSLContext sql, UUID child, UUID parent, boolean awaited) {
        sql.execute(BEGIN, child, parent, awaited);
    }

    /// Keeps what children said that are over, and wakes who waits for it.
    static void report(DSLContext sql, Map<UUID, Report> reports) {
        reports.forEach((child, report) -> sql.execute(
                REPORT, Journal.json(report.answer()), report.error().orElse(null), child));
        // In one order everywhere, so that two nodes that do this do not wait for each other.
        reports.values().stream().map(Report::parent).distinct().sorted()
                .forEach(parent -> Signals.nudge(sql, parent));
    }

    static Optional<Ended> ended(DSLContext sql, UUID child) {
        return sql.fetchOptional(ENDED, child).map(row -> new Ended(
                row.get("status", String.class),
                Journal.text(row, "answer"),
                Optional.ofNullable(row.get("error", String.class))));
    }

    /// Ends those that this instance waits for.
    static int cancel(DSLContext sql, UUID parent) {
        return sql.execute(CANCEL, parent);
    }

    /// What belongs to an instance as its reader may see it: `parent_instance_id`, and `children` with `instance_id,
    /// process, status, awaited`.
    static Map<String, @Nullable Object> of(DSLContext sql, UUID id, Predicate<Ref> visible) {
        Map<String, @Nullable Object> kin = new LinkedHashMap<>();
        kin.put("parent_instance_id", sql.fetchOptional(PARENT, id)
                .filter(row -> visible.test(Ref.of(row.get("process", String.class))))
                .map(row -> row.get("id", UUID.class).toString())
                .orElse(null));
        List<Map<String, Object>> children = new ArrayList<>();
        for (Record row : sql.fetch(LIST, id)) {
            if (visible.test(Ref.of(row.get("process", String.class)))) {
                Map<String, Object> child = new LinkedHashMap<>();
                child.put("instance_id", row.get("id", UUID.class).toString());
                child.put("process", row.get("process", String.class));
                child.put("status", row.get("status", String.class));
                child.put("awaited", row.get("awaited", Boolean.class));
                children.add(child);
            }
        }
        kin.put("children", children);
        return kin;
    }
}
