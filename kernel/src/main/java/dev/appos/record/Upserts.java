package dev.appos.record;

import static org.jooq.impl.DSL.val;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent.Moment;
import dev.appos.object.Upserted;
import dev.appos.record.UpsertRows.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes adding-or-changing ready: looks by their key which records are there and holds them, has the door decide on
/// the change of those as on any other, and adds the rest. So both have what they have alone: permissions, policies,
/// row filters, history, versions.
final class Upserts {

    /// How often it is looked again when other calls add the same records in between.
    private static final int MOST_LOOKS = 5;

    private final Reach reach;
    private final RecordTable table;
    private final Set<String> fixed;
    private final RowGuard guard;
    private final Creates creates;

    /// @param table with the columns the caller may see
    Upserts(Reach reach, RecordDefinition record, RecordTable table, Creates creates) {
        this.reach = reach;
        this.table = table;
        this.fixed = reach.visible().fixed(record);
        this.guard = new RowGuard(reach, table);
        this.creates = creates;
    }

    Operation upsert(Input.UpsertRecords input) {
        if (input.rows().size() > Creates.MOST_CREATED) {
            throw Creates.tooMany();
        }
        if (input.merge() && !reach.visible().allows(table.ref(), Permission.UPDATE)) {
            throw Refusal.forbidden(
                    "To merge into records of " + table.ref(), "it takes the permission to update too",
                    "Leave alone what is there (resolution=ignore-duplicates), or ask for the permission.");
        }
        List<String> key = UpsertRows.key(table, input.key());
        List<Sent> sent = UpsertRows.read(table, fixed, input, key);
        return new Operation.Write(permit -> new Run(permit, key, input).all(sent));
    }

    /// One call at work.
    private final class Run {

        private final Permit permit;
        private final List<String> key;
        private final Input.UpsertRecords input;
        private final Map<String, @Nullable Object>[] rows;
        private final Boolean[] added;

        @SuppressWarnings("unchecked") // an array of a generic type, filled here alone
        Run(Permit permit, List<String> key, Input.UpsertRecords input) {
            this.permit = permit;
            this.key = key;
            this.input = input;
            this.rows = new Map[input.rows().size()];
            this.added = new Boolean[rows.length];
            Arrays.fill(added, false);
        }

        Upserted all(List<Sent> sent) {
            List<Sent> open = sent;
            for (int look = 1; !open.isEmpty(); look++) {
                Map<List<Object>, Map<String, @Nullable Object>> there = there(open);
                if (input.merge()) {
                    change(open.stream().filter(one -> there.containsKey(one.key())).toList(), there);
                }
                open = open.stream().filter(one -> !there.containsKey(one.key())).toList();
                if (add(open, look == MOST_LOOKS)) {
                    break;
                }
            }
            return new Upserted(Arrays.asList(rows), List.of(added));
        }

        /// The records that are there, by their key, held until the transaction ends.
        private Map<List<Object>, Map<String, @Nullable Object>> there(List<Sent> wanted) {
            List<RowN> keys = wanted.stream().filter(one -> one.key() != null).map(this::binds).toList();
            if (keys.isEmpty()) {
                return new HashMap<>();
            }
            List<Field<Object>> columns =
                    key.stream().map(column -> table.known(column).in(RecordTable.ALIAS)).toList();
            Condition which = DSL.row(columns).in(keys);
            // By its id a hidden record is none; by another key it is in the way.
            boolean byId = key.equals(List.of(RecordTable.ID));
            RecordTable whole = table.whole();
            Map<List<Object>, Map<String, @Nullable Object>> there = new HashMap<>();
            Fetch.rows(
                            permit.sql()
                                    .select(whole.allAliased())
                                    .from(whole.aliased())
                                    .where(byId ? which.and(guard.rows()) : which.and(whole.alive(RecordTable.ALIAS)))
                                    .orderBy(whole.known(RecordTable.ID).in(RecordTable.ALIAS))
                                    .forUpdate(),
                            whole::row)
                    .forEach(row -> there.put(UpsertRows.values(row, key), row));
            return there;
        }

        private RowN binds(Sent sent) {
            return DSL.row(key.stream()
                    .map(table::known)
                    .map(column -> val(column.stored(sent.fields().get(column.name())), column.dataType()))
                    .toList());
        }

        /// Has what is there changed, each to what its row says.
        private void change(List<Sent> sent, Map<List<Object>, Map<String, @Nullable Object>> there) {
            if (sent.isEmpty()) {
                return;
            }
            Set<Long> seen = guard.visible(permit, Cascade.ids(List.copyOf(there.values())));
            List<Input.UpdateRecord> updates = new ArrayList<>();
            for (Sent one : sent) {
                Long id = (Long) there.get(one.key()).get(RecordTable.ID);
                if (!seen.contains(id)) {
                    throw Objections.taken(table, key).at(place(one));
                }
                Map<String, @Nullable Object> changes = new LinkedHashMap<>(one.fields());
                changes.keySet().removeAll(key);
                updates.add(new Input.UpdateRecord(id, one.version(), changes));
            }
            Call call = Call.of(table.ref(), new Input.UpdateEach(updates));
            keep(sent, placed(sent, () -> rows(permit.entrance(call, false))), false);
        }

        /// Adds the rest. Answers whether that is done, and not to be begun anew because others were quicker.
        private boolean add(List<Sent> open, boolean last) {
            if (open.isEmpty()) {
                return true;
            }
            complete(open);
            // In the same order whoever adds them, so that two calls do not wait for each other.
            List<Sent> sent =
                    open.stream().sorted(Comparator.comparing(one -> String.valueOf(one.key()))).toList();
            List<Map<String, @Nullable Object>> fields = sent.stream().map(Sent::fields).toList();
            try {
                keep(sent, permit.alone(() -> placed(sent, () -> creates.create(permit, fields))), true);
                return true;
            } catch (Refusal refusal) {
                if (refusal.reason() != Refusal.Reason.CONFLICT || last || there(open).isEmpty()) {
                    throw refusal;
                }
                return false;
            }
        }

        /// Refuses new records that lack something, and ids that lead to none.
        private void complete(List<Sent> sent) {
            Faults faults = new Faults();
            Map<String, Map<String, @Nullable Object>> fresh = new LinkedHashMap<>();
            for (Sent one : sent) {
                if (one.id() == null) {
                    fresh.put(place(one), one.fields());
                } else {
                    faults.add(place(one) + "/id", "unknown", "leads to no " + table.word()
                            + "; leave it out to add one, which gets its id from the platform");
                }
            }
            faults.refuse("The " + table.word());
            if (!table.events().any(Moment.BEFORE_CREATE)) {
                RowCheck.missing(table, fresh);
            }
        }

        private void keep(List<Sent> sent, List<Map<String, @Nullable Object>> written, boolean fresh) {
            for (int i = 0; i < sent.size(); i++) {
                rows[sent.get(i).index()] = written.get(i);
                added[sent.get(i).index()] = fresh;
            }
        }

        private String place(Sent sent) {
            return rows.length == 1 ? "" : "/" + sent.index();
        }

        /// Names the places of faults as they were sent, and not as they stand in a part of it.
        private <T> T placed(List<Sent> part, Supplier<T> work) {
            try {
                return work.get();
            } catch (Refusal refusal) {
                if (part.size() == 1) {
                    throw refusal.at(place(part.getFirst()));
                }
                throw refusal.moved(path -> {
                    String[] steps = path.split("/", 3);
                    boolean counted = steps.length > 1 && steps[1].matches("\\d{1,6}");
                    return counted
                            ? place(part.get(Integer.parseInt(steps[1]))) + (steps.length > 2 ? "/" + steps[2] : "")
                            : path;
                });
            }
        }
    }

    @SuppressWarnings("unchecked") // the answer to UpdateEach
    private static List<Map<String, @Nullable Object>> rows(@Nullable Object answer) {
        return (List<Map<String, @Nullable Object>>) answer;
    }
}
