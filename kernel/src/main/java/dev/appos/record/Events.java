package dev.appos.record;

import dev.appos.api.AppOsException;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.EventChain;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordEvent.Moment;
import dev.appos.object.RecordEvent;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the authors want done before and after records of one type are written.
///
/// It is called where rows are written and not where calls come in, so that no way to write can pass it by. Within a
/// moment the lowest priority runs first, then the order of the source. What runs within the change runs in its
/// transaction, as whoever makes it; when it fails, the change has not happened. What runs by itself is kept with the
/// change and carried out by [EventRunner].
final class Events {

    private final RecordTable table;
    private final Map<Moment, List<RecordEvent>> events = new EnumMap<>(Moment.class);

    /// @param table with every column
    Events(RecordTable table, List<RecordEvent> declared) {
        this.table = table;
        declared.stream()
                .sorted(Comparator.comparingInt(RecordEvent::priority))
                .forEach(event -> events.computeIfAbsent(event.moment(), _ -> new ArrayList<>()).add(event));
    }

    /// Whether anything is to be done at one of these moments.
    boolean any(Moment... moments) {
        for (Moment moment : moments) {
            if (events.containsKey(moment)) {
                return true;
            }
        }
        return false;
    }

    private List<RecordEvent> at(Moment moment) {
        return events.getOrDefault(moment, List.of());
    }

    /// The rows to be created, as the authors want them; their required fields are checked here.
    List<Map<String, @Nullable Object>> creating(Permit permit, List<Map<String, @Nullable Object>> given) {
        if (!any(Moment.BEFORE_CREATE)) {
            return given;
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> each : given) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(each);
            for (RecordEvent event : at(Moment.BEFORE_CREATE)) {
                try {
                    row.putAll(set(run(permit, event, null, filled(row))));
                } catch (NullPointerException empty) {
                    // Code that counts on a value the caller did not send: the caller hears what is missing.
                    RowCheck.complete(table, List.of(row));
                    throw empty;
                }
            }
            rows.add(row);
        }
        RowCheck.complete(table, rows);
        return rows;
    }

    /// The changes to be made to a row, as the authors want them.
    Map<String, @Nullable Object> changing(
            Permit permit, Map<String, @Nullable Object> old, Map<String, @Nullable Object> given) {
        if (!any(Moment.BEFORE_UPDATE)) {
            return given;
        }
        Map<String, @Nullable Object> changes = new LinkedHashMap<>(given);
        for (RecordEvent event : at(Moment.BEFORE_UPDATE)) {
            Map<String, @Nullable Object> after = new LinkedHashMap<>(old);
            after.putAll(changes);
            changes.putAll(set(run(permit, event, old, after)));
        }
        return changes;
    }

    /// Lets the authors say no to the removal of these rows.
    void removing(Permit permit, List<Map<String, @Nullable Object>> rows) {
        for (RecordEvent event : at(Moment.BEFORE_DELETE)) {
            rows.forEach(row -> run(permit, event, row, null));
        }
    }

    void created(Permit permit, List<Map<String, @Nullable Object>> rows) {
        rows.forEach(row -> happened(permit, Moment.ON_CREATE, null, row));
    }

    /// @param old the rows as they were, in the order of `rows`; what is still at its version was not changed
    void updated(
            Permit permit, List<Map<String, @Nullable Object>> old, List<Map<String, @Nullable Object>> rows) {
        if (any(Moment.ON_UPDATE)) {
            for (int i = 0; i < rows.size(); i++) {
                if (!old.get(i).get(RecordTable.VERSION).equals(rows.get(i).get(RecordTable.VERSION))) {
                    happened(permit, Moment.ON_UPDATE, old.get(i), rows.get(i));
                }
            }
        }
    }

    void removed(Permit permit, List<Map<String, @Nullable Object>> rows) {
        rows.forEach(row -> happened(permit, Moment.ON_DELETE, row, null));
    }

    /// Somebody read these records; by the time the authors' code runs, they may be others.
    void viewed(Permit permit, List<Long> ids) {
        for (RecordEvent event : at(Moment.ON_VIEW)) {
            ids.forEach(id -> Outbox.add(permit, table, event, new Outbox.Rows(id, null, null), EventChain.current()));
        }
    }

    private void happened(
            Permit permit, Moment moment, @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        for (RecordEvent event : at(moment)) {
            if (event.async()) {
                long id = (Long) (after == null ? before : after).get(RecordTable.ID);
                Outbox.Rows changed = new Outbox.Rows(id, before, after);
                if (!event.calls().map(Events::isProcess).orElse(false) || !started(permit, event, changed)) {
                    Outbox.add(permit, table, event, changed, EventChain.current());
                }
            } else {
                run(permit, event, before, after);
            }
        }
    }

    private static boolean isProcess(Ref ref) {
        return ref.kind().equals("processes");
    }

    /// Starts a process in the transaction of the change. What is refused does not refuse the change: it is kept, tried
    /// again if that may help, and shown to administrators.
    private boolean started(Permit permit, RecordEvent event, Outbox.Rows rows) {
        Outbox.Kept kept = new Outbox.Kept(
                event.name(), event.moment(), rows, EventChain.current(), permit.principal().name(),
                permit.context().executionId(), permit.context().at().atOffset(ZoneOffset.UTC));
        try {
            // A start is one statement, and is refused before it; only a rule may leave something behind.
            Supplier<Boolean> start = () -> {
                within(event, () -> Listeners.call(permit, table, event, kept, rows));
                return true;
            };
            return event.condition().isPresent() ? permit.alone(start) : start.get();
        } catch (Refusal | AppOsException _) {
            return false;
        }
    }

    /// Does what was kept to be done by itself.
    void follow(Permit permit, Outbox.Kept kept) {
        RecordEvent event = at(kept.moment()).stream()
                .filter(each -> each.name().equals(kept.event()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("event " + kept.event() + " of " + table.ref()));
        Outbox.Rows rows = kept.moment() == Moment.ON_VIEW ? reread(permit, kept.rows()) : kept.rows();
        if (rows.before() != null || rows.after() != null) {
            inside(kept.chain(), event, () -> event.calls().isPresent()
                    ? within(event, () -> Listeners.call(permit, table, event, kept, rows))
                    : run(permit, event, rows.before(), rows.after()));
        }
    }

    private Outbox.Rows reread(Permit permit, Outbox.Rows rows) {
        List<Map<String, @Nullable Object>> found = Fetch.rows(
                permit.sql().select(table.all()).from(table.table())
                        .where(table.known(RecordTable.ID).bare().eq((Object) rows.id()))
                        .and(table.alive()),
                table::row);
        return new Outbox.Rows(rows.id(), null, found.isEmpty() ? null : found.getFirst());
    }

    private @Nullable Object run(
            Permit permit, RecordEvent event, @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        String body = "events." + table.ref().name() + "." + event.name();
        return within(event, () -> permit.snapshot().code(table.ref().app())
                .call(body, new Object[] {before, after}));
    }

    private interface Body {
        @Nullable Object run() throws Throwable;
    }

    private @Nullable Object within(RecordEvent event, Body body) {
        return inside(EventChain.with(table.ref() + "." + event.name()), event, body);
    }

    private @Nullable Object inside(List<String> chain, RecordEvent event, Body body) {
        try {
            return EventChain.within(chain, () -> {
                try {
                    return body.run();
                } catch (RuntimeException | Error thrown) {
                    throw thrown;
                } catch (Throwable checked) {
                    throw new IllegalStateException(checked);
                }
            });
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException("event " + event.name() + " of " + table.ref() + " failed", checked);
        }
    }

    /// What an author's code set, checked like what a caller sends.
    private Map<String, @Nullable Object> set(@Nullable Object changes) {
        return changes instanceof Map<?, ?> map && !map.isEmpty()
                ? RowCheck.changed(table, Set.of(), named(map))
                : Map.of();
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> changes) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        changes.forEach((name, value) -> named.put((String) name, value));
        return named;
    }

    /// The row as it would be, as far as that is known before it is there.
    private Map<String, @Nullable Object> filled(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(row);
        for (Column column : table.fields()) {
            FieldDefinition field = column.field().orElseThrow();
            if (!row.containsKey(column.name())) {
                filled.put(column.name(), field.defaultValue()
                        .map(value -> Values.parse(field.type(), field.choices(), value))
                        .orElse(field.required() || field.readOnly() ? zero(field.type()) : null));
            }
        }
        return filled;
    }

    /// What stands for a value that is still missing in a field that cannot be without one.
    private static @Nullable Object zero(ValueType type) {
        return switch (type) {
            case INTEGER -> 0;
            case LONG -> 0L;
            case DECIMAL -> BigDecimal.ZERO;
            case BOOLEAN -> false;
            default -> null;
        };
    }
}
