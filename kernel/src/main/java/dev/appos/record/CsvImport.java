package dev.appos.record;

import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Target;
import dev.appos.record.CsvRows.Line;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Brings CSV files with a header into records, through the door, a whole file or nothing of it.
///
/// A column is named like its field, or like the reference without `_id`; `id` or `customer_id` in a file of customers
/// is the record's own key and is kept. An empty cell is null. Rows may refer to later rows of the same file.
public final class CsvImport {

    private static final Pattern PLACE = Pattern.compile("/(\\d{1,6})(/.*)");

    private final Dispatcher dispatcher;
    private final Registry registry;

    public CsvImport(Dispatcher dispatcher, Registry registry) {
        this.dispatcher = dispatcher;
        this.registry = registry;
    }

    /// What became of one file.
    ///
    /// @param rows    how many records it made
    /// @param skipped whether it was left alone, because there are records already
    public record Report(Ref record, String file, int rows, boolean skipped) {}

    /// Imports one file.
    ///
    /// @param context whose call it is; only the platform may keep the keys of the file
    /// @throws Refusal naming every faulty cell by its line and column; nothing of the file is kept
    public Report importCsv(Context context, Ref record, Path file) {
        Snapshot snapshot = registry.current();
        RecordDefinition definition = snapshot.find(record)
                .filter(RecordDefinition.class::isInstance)
                .map(RecordDefinition.class::cast)
                .orElseThrow(() -> Dispatcher.unknown(record));
        CsvRows rows = CsvRows.read(definition, file);
        List<Line> ordered = RowOrder.of(definition, rows.lines());
        if (!ordered.isEmpty()) {
            List<Map<String, Object>> values = ordered.stream().map(Line::values).toList();
            try {
                dispatcher.dispatch(context, Call.of(record, new Input.CreateRecords(values)));
            } catch (Refusal refusal) {
                throw byLine(file, ordered, refusal);
            }
        }
        return new Report(record, file.getFileName().toString(), ordered.size(), false);
    }

    /// The faults under the lines of the file instead of the places in the call.
    private static Refusal byLine(Path file, List<Line> lines, Refusal refusal) {
        if (refusal.faults().isEmpty()) {
            return refusal;
        }
        List<Fault> faults = new ArrayList<>();
        for (Fault fault : refusal.faults()) {
            Matcher place = PLACE.matcher(fault.path());
            boolean many = lines.size() > 1 && place.matches();
            Line line = lines.get(many ? Integer.parseInt(place.group(1)) : 0);
            String path = "/" + line.number() + (many ? place.group(2) : fault.path());
            faults.add(new Fault(lines.size() > 1 && !many ? fault.path() : path, fault.code(), fault.message()));
        }
        return Refusal.invalid("The file " + file.getFileName(), faults);
    }

    /// Imports every `.csv` file of a folder into the record of its name, `customer.csv` or `crm.customer.csv`, those
    /// first that others refer to. Records that have rows already are left alone.
    ///
    /// @throws Refusal if a file has no record, or cannot be imported; the files before it are kept
    public List<Report> load(Context context, Path folder) {
        Snapshot snapshot = registry.current();
        Map<Ref, Path> files = files(snapshot, folder);
        List<Report> reports = new ArrayList<>();
        for (RecordDefinition record : order(snapshot, files)) {
            Path file = files.get(record.ref());
            Page first = (Page) dispatcher.dispatch(
                    context, Call.of(record.ref(), new Input.ListRecords(Query.first(1))));
            reports.add(first.rows().isEmpty()
                    ? importCsv(context, record.ref(), file)
                    : new Report(record.ref(), file.getFileName().toString(), 0, true));
        }
        return reports;
    }

    private static Map<Ref, Path> files(Snapshot snapshot, Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            Map<Ref, Path> files = new TreeMap<>();
            found.filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .forEach(file -> files.put(record(snapshot, file), file));
            return files;
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The folder " + folder + " cannot be read: " + e.getMessage(), "Name a folder with .csv files.");
        }
    }

    private static Ref record(Snapshot snapshot, Path file) {
        String name = file.getFileName().toString().replaceAll("\\.csv$", "");
        List<Ref> records = snapshot.ofKind(RecordDefinition.class).stream().map(RecordDefinition::ref).toList();
        List<Ref> meant = records.stream()
                .filter(ref -> ref.name().equals(name) || (ref.app() + "." + ref.name()).equals(name))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String why = meant.isEmpty()
                ? "is the name of no record. " + Nearest.remedy(name, records.stream().map(Ref::name).toList())
                : "could be any of " + meant + "; name the file app.record.csv";
        throw Refusal.invalid("The folder", "/" + file.getFileName(), "unknown", why);
    }

    /// Those first that others refer to; records that refer to each other in a ring come last, as they are named.
    private static List<RecordDefinition> order(Snapshot snapshot, Map<Ref, Path> files) {
        List<RecordDefinition> open = new ArrayList<>(snapshot.ofKind(RecordDefinition.class).stream()
                .filter(record -> files.containsKey(record.ref()))
                .toList());
        List<RecordDefinition> ordered = new ArrayList<>();
        while (!open.isEmpty()) {
            RecordDefinition next = open.stream()
                    .filter(record -> open.stream().noneMatch(other -> other != record && refers(record, other.ref())))
                    .findFirst()
                    .orElse(open.getFirst());
            open.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean refers(RecordDefinition record, Ref to) {
        return record.fields().stream()
                .map(FieldDefinition::target)
                .flatMap(Optional::stream)
                .map(Target::record)
                .anyMatch(to::equals);
    }
}
