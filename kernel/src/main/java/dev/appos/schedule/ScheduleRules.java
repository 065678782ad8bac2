package dev.appos.schedule;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import dev.appos.schedule.ScheduleTable.Asked;
import dev.appos.schedule.ScheduleTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the platform offers on schedules: `platform.rules.list_schedules` and its siblings. A schedule is seen by those
/// who may see its process, and decided by those who may do everything with it.
public final class ScheduleRules {

    /// How many of the next times are told.
    private static final int NEXT = 5;

    private final Runnable nudge;

    /// @param nudge is told that a run was asked for
    public ScheduleRules(Runnable nudge) {
        this.nudge = nudge;
    }

    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_schedules", "When processes start by themselves, with the next five times of each.",
                        Permission.VIEW, List.of(optional("process", ValueType.TEXT)), this::list),
                PlatformRule.writes(
                        "set_schedule", "Stops a schedule or lets it run again; what it missed is not made up for.",
                        Permission.VIEW,
                        List.of(required("id", ValueType.TEXT), required("enabled", ValueType.BOOLEAN)), this::set),
                PlatformRule.writes(
                        "run_schedule", "Has a schedule start its process now, besides its times.", Permission.VIEW,
                        List.of(required("id", ValueType.TEXT)), this::run));
    }

    private static List<Declared> visible(Permit permit) {
        return Declared.all(permit.snapshot()).stream()
                .filter(each -> permit.allows(each.process(), Permission.VIEW))
                .toList();
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        List<Declared> visible = visible(permit).stream()
                .filter(each -> inputs.getOrDefault("process", each.process().toString())
                        .equals(each.process().toString()))
                .toList();
        Map<String, Row> rows = ScheduleTable.rows(permit.sql(), visible);
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        visible.forEach(each ->
                items.add(item(each, Optional.ofNullable(rows.get(each.id())), permit.context().at())));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        answer.put("next", null);
        return answer;
    }

    private static Map<String, @Nullable Object> item(Declared declared, Optional<Row> row, Instant now) {
        boolean enabled = row.map(Row::enabled).orElse(declared.schedule().enabled());
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", declared.id());
        item.put("process", declared.process().toString());
        item.put("cron", declared.schedule().cron().expression());
        item.put("zone", declared.schedule().cron().zone().getId());
        item.put("enabled", enabled);
        item.put("missed", declared.schedule().missed().name().toLowerCase(Locale.ROOT));
        item.put("runs_as", declared.account());
        item.put("last_run", row.flatMap(Row::last).orElse(null));
        item.put("next_run", enabled ? next(declared, now, 1).stream().findFirst().orElse(null) : null);
        item.put("next_runs", next(declared, now, NEXT));
        item.put("last_instance", row.flatMap(Row::instance).map(Object::toString).orElse(null));
        item.put("error", row.flatMap(Row::error).orElse(null));
        return item;
    }

    private static List<Instant> next(Declared declared, Instant now, int most) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = declared.schedule().cron().next(now);
        while (next.isPresent() && times.size() < most) {
            times.add(next.get());
            next = declared.schedule().cron().next(next.get());
        }
        return times;
    }

    private Object set(Permit permit, Map<String, Object> inputs) {
        Declared declared = decided(permit, inputs);
        boolean enabled = (boolean) inputs.get("enabled");
        ScheduleTable.enable(permit.sql(), declared, enabled, permit.context().at());
        permit.afterCommit(nudge);
        return Map.of("id", declared.id(), "enabled", enabled);
    }

    private Object run(Permit permit, Map<String, Object> inputs) {
        Declared declared = decided(permit, inputs);
        Instant now = permit.context().at();
        ScheduleTable.ask(permit.sql(), declared.id(), new Asked(now, permit.principal().name()));
        permit.afterCommit(nudge);
        return Map.of("id", declared.id(), "asked_at", now);
    }

    /// The schedule, if the caller may do everything with its process.
    private static Declared decided(Permit permit, Map<String, Object> inputs) {
        String id = (String) inputs.get("id");
        List<Declared> visible = visible(permit);
        Declared declared = visible.stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> unknown(id, visible));
        if (!permit.allows(declared.process(), Permission.ADMIN)) {
            throw Refusal.forbidden(declared.process() + ".admin", "no group of yours may");
        }
        return declared;
    }

    private static Refusal unknown(String id, List<Declared> visible) {
        List<String> known = visible.stream().map(Declared::id).toList();
        return Nearest.of(id, known)
                .map(near -> Refusal.notFound("schedule " + id, "Did you mean " + near + "?"))
                .orElseGet(() -> Refusal.notFound("schedule " + id));
    }
}
