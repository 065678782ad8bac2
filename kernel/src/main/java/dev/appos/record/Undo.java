package dev.appos.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal.Reason;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Takes back what one execution did to records, as far as history and the trash tell of it: all of it or nothing.
/// Each step is a call of whoever asks, so it takes the permissions that doing it by hand would take.
final class Undo {

    /// The most records that are put back in one call.
    static final int MOST = 1000;

    private static final Field<Long> RECORD = field(name("record_id"), SQLDataType.BIGINT);
    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final Field<String> FIELD = field(name("field_name"), SQLDataType.CLOB);
    private static final Field<JSONB> OLD = field(name("old_value"), SQLDataType.JSONB);
    private static final Field<String> OPERATION = field(name("operation"), SQLDataType.CLOB);
    private static final Field<String> EXECUTION = field(name("execution_id"), SQLDataType.CLOB);

    private final Permit permit;
    private final String execution;
    private final Optional<Long> only;
    private final List<Map<String, Object>> done = new ArrayList<>();

    /// What an execution did to one record.
    ///
    /// @param old the fields as they were before it
    private static final class Deed {

        private final Map<String, @Nullable Object> old = new LinkedHashMap<>();
        private boolean created;
        private boolean deleted;
        private int version;
    }

    /// @param only this record of each type
    Undo(Permit permit, String execution, Optional<Long> only) {
        this.permit = permit;
        this.execution = execution;
        this.only = only;
    }

    /// @param ref only records of this type
    /// @return what was put back, record by record
    List<Map<String, Object>> run(Optional<Ref> ref) {
        List<RecordDefinition> records = childrenFirst(permit.snapshot().ofKind(RecordDefinition.class).stream()
                .filter(record -> ref.isEmpty() || record.ref().equals(ref.get()))
                .filter(record -> permit.visible().record(record.ref()).isPresent())
                .toList());
        Map<Ref, Map<Long, Deed>> deeds = new LinkedHashMap<>();
        records.forEach(record -> deeds.put(record.ref(), deeds(record)));
        records.reversed().forEach(record -> restore(record, deeds.get(record.ref())));
        records.forEach(record -> deeds.get(record.ref()).forEach((id, deed) -> putBack(record, id, deed)));
        if (done.isEmpty()) {
            throw Refusal.notFound(
                    "change of execution " + execution + " that can be taken back",
                    "Look at the history of the record; only records with audit or softDelete can be put back.");
        }
        return done;
    }

    private Map<Long, Deed> deeds(RecordDefinition record) {
        Map<Long, Deed> deeds = new TreeMap<>();
        if (record.audit()) {
            Table<Record> log = DSL.table(name(record.ref().app(), SqlNames.audit(record)));
            permit.sql()
                    .select(RECORD, VERSION, FIELD, OLD, OPERATION)
                    .from(log)
                    .where(EXECUTION.eq(execution))
                    .and(only.map(RECORD::eq).orElse(DSL.noCondition()))
                    .orderBy(field(name("id")))
                    .limit(MOST * 100)
                    .forEach(entry -> note(deeds, entry));
        }
        if (deeds.size() > MOST) {
            throw Refusal.tooLarge(
                    "The execution changed more than " + MOST + " records of " + record.ref() + ".",
                    "Take it back record by record, with ref and id.");
        }
        return deeds;
    }

    private static void note(Map<Long, Deed> deeds, Record entry) {
        Deed deed = deeds.computeIfAbsent(entry.get(RECORD), _ -> new Deed());
        deed.version = entry.get(VERSION);
        switch (entry.get(OPERATION)) {
            case "create" -> deed.created = true;
            case "delete" -> deed.deleted = true;
            case "restore" -> deed.deleted = false;
            default -> {
                JSONB old = entry.get(OLD);
                deed.old.putIfAbsent(entry.get(FIELD), old == null ? null : Json.read(old.data()));
            }
        }
    }

    /// Brings back what lies in the trash since then, whether or not history is kept of it.
    private void restore(RecordDefinition record, Map<Long, Deed> deeds) {
        if (!record.traits().softDelete()) {
            return;
        }
        String prefix = execution + "/" + record.ref() + "/";
        Table<Record> table = DSL.table(name(record.ref().app(), record.plural()));
        List<String> roots = permit.sql()
                .selectDistinct(RecordTable.DELETED_IN)
                .from(table)
                .where(RecordTable.DELETED_IN.startsWith(prefix))
                .limit(MOST)
                .fetch(RecordTable.DELETED_IN);
        for (String root : roots) {
            long id = Long.parseLong(root.substring(prefix.length()));
            if (only.map(wanted -> wanted == id).orElse(true)) {
                Map<?, ?> row = (Map<?, ?>) call(record, id, new Lifecycle.Restore(id));
                Deed deed = deeds.get(id);
                if (deed != null) {
                    deed.version = (Integer) row.get(RecordTable.VERSION);
                    deed.deleted = false;
                }
                add(record, id, "restored");
            }
        }
    }

    private void putBack(RecordDefinition record, long id, Deed deed) {
        if (deed.deleted) {
            boolean back = done.stream().anyMatch(each -> each.get("action").equals("restored"));
            if (!back && !deed.created) {
                throw Refusal.conflict(
                        "A " + record.ref().name().replace('_', ' ') + " was removed for good, " + id + ".",
                        "Take back the other changes of the execution one by one, with ref and id.");
            }
            return;
        }
        if (deed.created) {
            call(record, id, new Input.DeleteRecord(id, OptionalInt.of(deed.version)));
            add(record, id, "deleted");
        } else if (!deed.old.isEmpty()) {
            Map<String, Object> old = new LinkedHashMap<>(deed.old);
            call(record, id, new Input.UpdateRecord(id, OptionalInt.of(deed.version), old));
            add(record, id, "updated");
        }
    }

    private Object call(RecordDefinition record, long id, Input input) {
        try {
            return permit.call(Call.of(record.ref(), input));
        } catch (Refusal refusal) {
            if (refusal.reason() == Reason.STALE || refusal.reason() == Reason.NOT_FOUND) {
                throw Refusal.conflict(
                        "The %s %d was changed since execution %s.".formatted(
                                record.ref().name().replace('_', ' '), id, execution),
                        "Look at its history, and change by hand what should be otherwise.");
            }
            throw refusal;
        }
    }

    private void add(RecordDefinition record, long id, String action) {
        done.add(Map.of("ref", record.ref().toString(), "id", id, "action", action));
    }

    /// What refers to others before what they refer to, so that new records go in an order in which they can.
    private static List<RecordDefinition> childrenFirst(List<RecordDefinition> records) {
        List<RecordDefinition> open = new ArrayList<>(records);
        List<RecordDefinition> sorted = new ArrayList<>();
        while (!open.isEmpty()) {
            RecordDefinition next = open.stream()
                    .filter(record -> open.stream().noneMatch(other -> other != record && other.fields().stream()
                            .flatMap(field -> field.target().stream())
                            .anyMatch(target -> target.record().equals(record.ref()))))
                    .findFirst()
                    .orElse(open.getFirst());
            open.remove(next);
            sorted.add(next);
        }
        return sorted;
    }
}
