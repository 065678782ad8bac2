package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.trace.JsonLog.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// The living instances that began with other code than a snapshot has, each run dry against it.
///
/// @param means what a run of a body works with
record Stranded(Means means) {

    /// More are not looked at in one go.
    static final int MOST = 1_000;

    /// More are not named in one line of the log.
    private static final int TOLD_MOST = 20;

    private static final String LIVING = """
            select i.id, i.process, i.code_hash, false as over, i.display_name, i.started_by, i.execution_id,
                   i.started_at, i.started_with, i.arguments, i.variables
            from appos.process_ready r
            join appos.process_instance i on i.id = r.id
            join unnest(?::text[], ?::text[]) as live (process, code_hash) on live.process = i.process
            where i.code_hash <> live.code_hash and i.completed_at is null
            order by i.id limit ?""";

    private static final String PIN = """
            update appos.process_instance i set code_hash = ?
            where i.id = ? and i.code_hash = ? and i.completed_at is null""";

    /// One of them.
    ///
    /// @param difference why it could not go on with the code of the snapshot
    record Found(Instance instance, Optional<String> difference) {

        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("instance_id", instance.id().toString());
            values.put("process", instance.process().toString());
            values.put("display_name", instance.displayName());
            values.put("difference", difference.orElse(null));
            return values;
        }
    }

    /// Those of some processes, the oldest first.
    List<Found> of(DSLContext sql, Snapshot snapshot, Collection<Ref> processes) {
        List<ProcessDefinition> wanted = snapshot.ofKind(ProcessDefinition.class).stream()
                .filter(process -> processes.contains(process.ref()))
                .toList();
        String[] refs = wanted.stream().map(process -> process.ref().toString()).toArray(String[]::new);
        String[] hashes = wanted.stream().map(ProcessDefinition::codeHash).toArray(String[]::new);
        Map<UUID, Record> rows = new LinkedHashMap<>();
        sql.fetch(LIVING, refs, hashes, MOST).forEach(row -> rows.put(row.get("id", UUID.class), row));
        Map<UUID, List<Entry>> journals = Ready.journals(sql, rows.keySet().toArray(UUID[]::new));
        List<Found> found = new ArrayList<>();
        rows.forEach((id, row) -> {
            Instance.Claim none = new Instance.Claim(
                    id, 0, false, 0, Lane.DEFAULT, Optional.empty(), Duration.ZERO, false);
            Instance instance = Ready.instance(row, none, journals.getOrDefault(id, List.of()));
            ProcessDefinition process = (ProcessDefinition) snapshot.find(instance.process()).orElseThrow();
            found.add(new Found(instance, new Rehearsal(means, snapshot, process).difference(instance)));
        });
        return found;
    }

    /// Notes in the log which instances cannot go on with what is about to be live, and so end on the code they have.
    void warn(Snapshot next, Set<Ref> changed) {
        ProcessParts parts = means.parts();
        List<Found> found = parts.database().read(sql -> of(sql, next, changed));
        List<String> cannot = found.stream()
                .filter(each -> each.difference().isPresent())
                .map(each -> each.instance().process() + " " + each.instance().id() + ": " + each.difference().get())
                .toList();
        if (!cannot.isEmpty()) {
            parts.log().system(Level.WARNING, parts.clock().instant(), "processes_stranded", Map.of(
                    "living", found.size(), "stranded", cannot.size(),
                    "instances", cannot.subList(0, Math.min(cannot.size(), TOLD_MOST))));
        }
    }

    /// Lets an instance go on with the code of a snapshot, from the next time it is taken on.
    ///
    /// @return whether it still lived on the code it was looked at with
    boolean move(DSLContext sql, Snapshot snapshot, Instance instance) {
        ProcessDefinition process = (ProcessDefinition) snapshot.find(instance.process()).orElseThrow();
        return sql.execute(PIN, process.codeHash(), instance.id(), instance.codeHash()) > 0;
    }
}
