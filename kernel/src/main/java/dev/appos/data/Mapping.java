package dev.appos.data;

import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Visibility;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which column of a file goes where in a record, as the caller sees the record.
final class Mapping {

    static final String ID = "id";

    /// What the platform itself writes beside faulty rows, so that the mended file can be sent as it is.
    static final List<String> NOTES = List.of("_line", "_error");

    private static final List<String> STAMPS =
            RecordDefinition.SYSTEM_COLUMNS.stream().filter(column -> !column.equals(ID)).toList();

    /// Where a column goes.
    sealed interface To {}

    /// A field, or the id.
    record Into(String column, ValueType type, List<String> choices) implements To {}

    /// A reference, by a field of the record it leads to.
    record Behind(String column, Ref target, String field, ValueType type, List<String> choices) implements To {}

    /// Nowhere.
    record Nowhere() implements To {}

    private final Visibility visible;
    private final RecordDefinition record;
    private final ImportOptions options;
    private final Map<String, To> known = new HashMap<>();

    /// @param record without what the caller may not see
    Mapping(Visibility visible, RecordDefinition record, ImportOptions options) {
        this.visible = visible;
        this.record = record;
        this.options = options;
    }

    /// Finds a place for every name of a header.
    ///
    /// @return the columns of the record that the file has
    /// @throws Refusal naming every column that has none, and those of which two go to one place
    List<String> header(List<String> names) {
        List<Fault> faults = new ArrayList<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (String name : names) {
            try {
                String column = switch (to(name)) {
                    case Into into -> into.column();
                    case Behind behind -> behind.column();
                    case Nowhere _ -> "";
                };
                String other = column.isEmpty() ? null : taken.putIfAbsent(column, name);
                if (other != null) {
                    faults.add(new Fault("/" + name, "twice", other.equals(name)
                            ? "stands in the header twice" : "goes to " + column + " as " + other + " does"));
                }
            } catch (IllegalArgumentException e) {
                faults.add(new Fault("/" + name, "unknown", String.valueOf(e.getMessage())));
            }
        }
        options.map().keySet().stream().filter(name -> !names.contains(name)).forEach(name -> faults.add(new Fault(
                "/map/" + name, "unknown", "is no column of the file. " + Nearest.remedy(name, names))));
        if (!faults.isEmpty()) {
            throw Refusal.invalid("The file", faults);
        }
        return List.copyOf(taken.keySet());
    }

    /// Where the column of this name goes.
    ///
    /// @throws IllegalArgumentException if it has no place, saying why as the end of a sentence
    To to(String name) {
        To found = known.get(name);
        if (found == null) {
            found = find(name);
            known.put(name, found);
        }
        return found;
    }

    /// How the file calls a column of the record.
    String nameOf(String column) {
        for (Map.Entry<String, To> each : known.entrySet()) {
            boolean same = switch (each.getValue()) {
                case Into into -> into.column().equals(column);
                case Behind behind -> behind.column().equals(column);
                case Nowhere _ -> false;
            };
            if (same) {
                return each.getKey();
            }
        }
        return column;
    }

    private To find(String name) {
        String said = options.map().get(name);
        if (said != null && said.isBlank() || said == null && NOTES.contains(name)) {
            return new Nowhere();
        }
        if (said == null && record.field(name).filter(FieldDefinition::readOnly).isPresent()) {
            // A file that was exported has it; the platform makes it anew.
            return new Nowhere();
        }
        String wanted = said == null ? name : said.strip();
        return direct(wanted)
                .or(() -> behind(wanted))
                .or(() -> said == null ? direct(wanted.toLowerCase(Locale.ROOT).replace(' ', '_')) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException(why(wanted)));
    }

    private Optional<To> direct(String name) {
        if (name.equals(ID) || name.equals(record.ref().name() + "_id") && record.field(name).isEmpty()) {
            return Optional.of(new Into(ID, ValueType.LONG, List.of()));
        }
        return record.field(name).or(() -> record.embedded(name))
                .map(field -> new Into(field.name(), field.type(), field.choices()));
    }

    private Optional<To> behind(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String embed = name.substring(0, dot);
        String column = name.substring(dot + 1);
        Optional<FieldDefinition> reference = record.embedded(embed);
        Optional<RecordDefinition> target = reference.flatMap(FieldDefinition::target)
                .map(Target::record).flatMap(visible::record).map(visible::seen);
        return target.flatMap(to -> to.field(column)).map(field -> new Behind(
                reference.orElseThrow().name(), target.get().ref(), column, field.type(), field.choices()));
    }

    private String why(String name) {
        if (STAMPS.contains(name)) {
            return "is written by the platform alone; leave the column out with map: " + name + "=";
        }
        List<String> names = new ArrayList<>(record.fields().stream().map(FieldDefinition::name).toList());
        names.add(ID);
        return "is no field of " + record.ref() + ". " + Nearest.remedy(name, names);
    }

    /// The value of a cell or of a JSON value for this place.
    ///
    /// @throws IllegalArgumentException saying what it must be
    static Object value(ValueType type, List<String> choices, Object written) {
        try {
            return written instanceof String text
                    ? Values.parse(type, choices, text)
                    : Values.convert(type, choices, written);
        } catch (Refusal _) {
            throw new IllegalArgumentException("must be JSON");
        }
    }

    /// The columns by which a row finds its record.
    ///
    /// @param columns of the file; empty where rows bring their own
    /// @throws Refusal if nothing tells records apart, or more than one thing does
    List<String> key(List<String> columns) {
        if (!options.key().isEmpty()) {
            return options.key().stream().map(String::strip).toList();
        }
        List<List<String>> keys = new ArrayList<>();
        record.fields().stream().filter(FieldDefinition::unique).forEach(field -> keys.add(List.of(field.name())));
        keys.addAll(record.unique());
        keys.add(List.of(ID));
        List<List<String>> there = columns.isEmpty()
                ? keys : keys.stream().filter(key -> columns.containsAll(key)).toList();
        if (columns.contains(ID)) {
            return List.of(ID);
        }
        if (there.size() == 1) {
            return there.getFirst();
        }
        throw Refusal.invalid("The import", "/key", "required", there.isEmpty()
                ? "must name the unique columns by which records are found; the file has none of " + keys
                : "must say which of " + there + " tells records apart");
    }

    /// A row as values of a record, without what could not be understood.
    ///
    /// @param values  by column; of a reference by a natural key there is none yet
    /// @param natural what was given for such references, by their column
    record Understood(
            Map<String, @Nullable Object> values, Map<String, Object> natural, List<Fault> faults) {}

    Understood understand(FileRow row) {
        Understood made = new Understood(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        row.fault().ifPresent(fault -> made.faults().add(new Fault("", "row", fault)));
        if (row.fault().isPresent()) {
            return made;
        }
        row.values().forEach((name, written) -> {
            try {
                take(made, to(name), name, written);
            } catch (IllegalArgumentException e) {
                made.faults().add(new Fault("/" + name, "type", String.valueOf(e.getMessage())));
            }
        });
        return made;
    }

    private static void take(Understood made, To to, String name, @Nullable Object written) {
        switch (to) {
            case Into into -> made.values().put(
                    into.column(), written == null ? null : value(into.type(), into.choices(), written));
            case Behind behind when written == null -> made.values().put(behind.column(), null);
            case Behind behind -> made.natural().put(
                    name, value(behind.type(), behind.choices(), written));
            case Nowhere _ -> { }
        }
    }
}
