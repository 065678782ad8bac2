package dev.appos.data;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Visibility;
import dev.appos.object.ImportHandling;
import dev.appos.object.ImportHandling.OnConflict;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One job from where it stands to its end: counts the rows of the file, which finds out whether it is whole before
/// anything is written, and then takes part after part through the door.
final class ImportRun {

    /// Rows in one transaction.
    static final int PART = 500;

    /// Rows in one transaction where they are copied in.
    static final int FAST_PART = 10_000;

    /// Faulty rows after which the file is not what it was taken for.
    static final long MOST_FAULTY = 10_000;

    /// Characters of a part, so that it fits into memory however long its rows are.
    private static final long LARGEST_PART = 8L * 1024 * 1024;

    private final ImportParts parts;
    private final Dispatcher dispatcher;
    private final Map<UUID, Part> open;
    private final Job job;
    private final BooleanSupplier stopped;

    /// @param open    where a part waits for the rule that takes it
    /// @param stopped whether the server is about to end
    ImportRun(
            ImportParts parts, Dispatcher dispatcher, ConcurrentHashMap<UUID, Part> open, Job job,
            BooleanSupplier stopped) {
        this.parts = parts;
        this.dispatcher = dispatcher;
        this.open = open;
        this.job = job;
        this.stopped = stopped;
    }

    /// Whether all rows are dealt with; if not, the server is about to end.
    ///
    /// @throws Refusal if it cannot go on
    boolean toEnd() {
        Context context = new Context(
                parts.principals().apply(job.startedBy()), job.execution(), parts.clock().instant());
        Snapshot snapshot = parts.registry().current();
        Visibility visible = dispatcher.visibility(context, snapshot);
        Ref ref = Ref.of(job.record());
        RecordDefinition record = visible.record(ref).map(visible::seen).orElseThrow(() -> Dispatcher.unknown(ref));
        Mapping mapping = new Mapping(visible, record, job.options());
        if (job.total().isEmpty()) {
            long total = count();
            parts.database().write(sql -> {
                JobTable.counted(sql, job.id(), total);
                return total;
            });
        }
        try (RowFile file = open()) {
            List<String> columns = mapping.header(file.names());
            ImportHandling handling = handling(mapping, columns);
            long place = 0;
            while (place < job.place() && file.next() != null) {
                place++;
            }
            NaturalKeys keys = new NaturalKeys(dispatcher, context, mapping);
            FileRow row = file.next();
            while (row != null && !stopped.getAsBoolean()) {
                List<FileRow> rows = new ArrayList<>();
                long size = 0;
                int most = job.options().fast() ? FAST_PART : PART;
                while (row != null && rows.size() < most && size < LARGEST_PART) {
                    rows.add(row);
                    size += size(row);
                    row = file.next();
                }
                take(context, part(mapping, keys, handling, ref, place, rows));
                place += rows.size();
                limit();
            }
            return row == null;
        }
    }

    private RowFile open() {
        return RowFile.open(parts.uploads().path(job.file()), job.options());
    }

    private long count() {
        try (RowFile file = open()) {
            long rows = 0;
            while (file.next() != null) {
                rows++;
            }
            return rows;
        }
    }

    private ImportHandling handling(Mapping mapping, List<String> columns) {
        OnConflict conflict = job.options().onConflict();
        List<String> key = conflict == OnConflict.REFUSE ? List.of() : mapping.key(columns);
        return new ImportHandling(job.options().fast(), conflict, key, columns);
    }

    private static long size(FileRow row) {
        long size = 0;
        for (Object value : row.values().values()) {
            size += value instanceof String text ? text.length() : 16;
        }
        return size;
    }

    private Part part(
            Mapping mapping, NaturalKeys keys, ImportHandling handling, Ref ref, long from, List<FileRow> rows) {
        List<Mapping.Understood> understood = rows.stream().map(mapping::understand).toList();
        keys.resolve(understood);
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        List<Part.Placed> places = new ArrayList<>();
        List<RowFault> faults = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            FileRow row = rows.get(i);
            long place = from + i;
            if (understood.get(i).faults().isEmpty()) {
                values.add(understood.get(i).values());
                places.add(new Part.Placed(place, row));
            } else {
                understood.get(i).faults().forEach(fault -> faults.add(RowFault.of(place, row, fault)));
            }
        }
        return new Part(job, ref, from, from + rows.size(), values, places, faults, mapping, handling);
    }

    private void take(Context context, Part part) {
        Context now = new Context(
                parts.principals().apply(job.startedBy()), context.executionId(), parts.clock().instant());
        open.put(job.id(), part);
        try {
            dispatcher.dispatch(now, Call.of(
                    new Ref(Ref.PLATFORM, "rules", JobRules.PART),
                    new Input.Run(Map.of("id", job.id().toString()))));
        } finally {
            open.remove(job.id());
        }
    }

    private void limit() {
        Optional<Job> now = parts.database().read(sql -> JobTable.find(sql, job.id()));
        boolean many = now.map(Job::shown).map(shown -> (Long) shown.get("failed")).orElse(0L) > MOST_FAULTY;
        if (many) {
            throw Refusal.conflict(
                    "More than " + MOST_FAULTY + " rows are wrong.",
                    "Look at the first errors: the columns may go to the wrong fields. Import what is mended anew.");
        }
    }
}
