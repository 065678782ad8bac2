package dev.appos.record;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent;
import dev.appos.registry.Snapshot;
import java.util.Set;

/// Serves `…records.…`: lists, counts and sums, reads, creates, updates and deletes.
///
/// Rows are maps by column, in the order `id`, `version`, the author's fields, `created_at`, `created_by`,
/// `updated_at`, `updated_by`, with the Java types of [dev.appos.api.Door]. Everything wrong with an input is said at
/// once, before the database hears of it. What its caller may not see is not there: neither columns nor rows.
public final class RecordEngine implements Engine {

    private final Tables tables = new Tables();
    private final Changes changes;
    private final Runnable kept;

    /// @param changes is told of each kind of record that was changed
    public RecordEngine(Changes changes) {
        this(changes, () -> { });
    }

    /// @param kept is told when something was kept to be done after a change
    public RecordEngine(Changes changes, Runnable kept) {
        this.changes = changes;
        this.kept = kept;
    }

    /// Takes note of how large the tables are, by which statements are written. Answers do not depend on it.
    public void measured(SmallTables small) {
        tables.measured(small);
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (!(definition instanceof RecordDefinition record)) {
            throw new IllegalArgumentException(definition.ref() + " is not a record");
        }
        Operation operation = operation(visible, record, input);
        return switch (operation) {
            case Operation.Read read -> read;
            case Operation.Write(Operation.Work work) ->
                new Operation.Write(telling(visible.snapshot(), record, input, work));
            case Operation.Statement(Operation.Work work) ->
                new Operation.Statement(telling(visible.snapshot(), record, input, work));
        };
    }

    private Operation.Work telling(
            Snapshot snapshot, RecordDefinition record, Input input, Operation.Work work) {
        boolean removing = switch (input.action()) {
            case DELETE, RESTORE, PURGE -> true;
            case LIST, GET, CREATE, UPDATE, TRASH, FOLLOW, RUN, READ, START, STEP, RENDER -> false;
        };
        Set<Ref> touched = removing ? Cascade.reach(snapshot, record.ref()) : Set.of(record.ref());
        boolean follows = touched.stream().anyMatch(ref -> snapshot.find(ref)
                .filter(RecordDefinition.class::isInstance)
                .filter(each -> ((RecordDefinition) each).events().stream().anyMatch(RecordEvent::async))
                .isPresent());
        return permit -> {
            permit.afterCommit(() -> changes.made(touched));
            if (follows) {
                permit.afterCommit(kept);
            }
            return work.run(permit);
        };
    }

    private Operation operation(Visibility visible, RecordDefinition record, Input input) {
        Reach reach = new Reach(tables, visible);
        RecordTable table = reach.seen(record);
        Reads reads = new Reads(reach, table);
        Watch watch = new Watch(record, table);
        Cascade cascade = new Cascade(tables, visible.snapshot());
        Trash trash = new Trash(tables, visible.snapshot());
        Writes writes = new Writes(reach, record, table, cascade, trash);
        return switch (input) {
            case Input.Life life -> new Life(tables, visible, record).operation(life);
            case Input.ListRecords list -> watch.many(reads.list(watch.asked(list.query())));
            case Input.ScanRecords scan -> reads.scan(scan);
            case Input.CountRecords count -> reads.count(count);
            case Input.SumRecords sum -> reads.sum(sum);
            case Input.AggregateRecords aggregate -> Aggregates.of(reach, table, aggregate);
            case Input.FollowRecords follow -> LiveChanges.of(reach, record, table, follow);
            case Input.GetRecord get -> watch.one(reads.get(get), get.id());
            case Input.CreateRecords create -> new Creates(reach, record, table).create(create.rows());
            case Input.UpsertRecords upsert ->
                new Upserts(reach, record, table, new Creates(reach, record, table)).upsert(upsert);
            case Input.ImportRecords part -> new Imports(reach, record, table).take(part);
            case Input.UpdateRecord update -> writes.update(update);
            case Input.PatchRecord patch -> writes.patch(patch);
            case Input.UpdateEach update -> writes.update(update.each());
            case Input.UpdateRecords update ->
                writes.update(Filters.of(reach, table, update.where()), update.changes(), update.most());
            case Input.DeleteRecord delete -> writes.delete(delete);
            case Input.DeleteRecords delete -> writes.delete(Filters.of(reach, table, delete.where()), delete.most());
            case Input.Documents _, Input.Run _, Input.ReadConstant _, Input.Start _, Input.Render _, Input.Step _ ->
                throw Refusal.malformed(
                    record.ref() + " is a record; it can be listed, read, created, updated and deleted.",
                    "Use GET, POST, PATCH or DELETE on its address.");
        };
    }
}
