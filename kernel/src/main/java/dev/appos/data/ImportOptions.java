package dev.appos.data;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.ImportHandling.OnConflict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was said of an import.
///
/// @param map        where columns of the file go, by their names there: a field, a field of a referenced record with a
///                   dot, or nothing, which leaves the column out
/// @param delimiter  of a CSV file; empty to be found in the header
/// @param encoding   the character set; empty is UTF-8
/// @param dryRun     whether it is only tried
/// @param fast       whether rows are copied in without events and history
/// @param onConflict what happens to a row whose record is there already
/// @param key        by which columns it is found; empty to be found in the definition
record ImportOptions(
        Format format,
        Map<String, String> map,
        Optional<Character> delimiter,
        Optional<String> encoding,
        boolean dryRun,
        boolean fast,
        OnConflict onConflict,
        List<String> key) {

    /// What kind of file it is.
    enum Format {
        CSV,
        JSONL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> NAMES = Set.of(
            "format", "map", "delimiter", "encoding", "dry_run", "mode", "on_conflict", "key");

    ImportOptions {
        map = Map.copyOf(map);
        key = List.copyOf(key);
    }

    /// Reads what a caller wrote: texts by name, `map` an object of texts.
    ///
    /// @throws Refusal naming every option that is unknown or means nothing
    static ImportOptions of(Map<String, Object> written) {
        List<Fault> faults = new ArrayList<>();
        written.keySet().stream().filter(name -> !NAMES.contains(name)).forEach(name -> faults.add(new Fault(
                "/" + name, "unknown", "is no option of an import. " + Nearest.remedy(name, NAMES))));
        String format = word(written, "format", "csv", Set.of("csv", "jsonl"), faults);
        String mode = word(written, "mode", "checked", Set.of("checked", "fast"), faults);
        String dryRun = word(written, "dry_run", "false", Set.of("true", "false"), faults);
        String conflict = word(written, "on_conflict", "refuse", Set.of("refuse", "ignore", "update"), faults);
        String delimiter = text(written, "delimiter").replace("tab", "\t").replace("\\t", "\t");
        if (delimiter.length() > 1 || "\"\r\n".contains(delimiter) && !delimiter.isEmpty()) {
            faults.add(new Fault("/delimiter", "form", "must be one character, or tab"));
        }
        String encoding = text(written, "encoding");
        List<String> key = text(written, "key").isEmpty() ? List.of() : List.of(text(written, "key").split(","));
        if (!faults.isEmpty()) {
            throw Refusal.invalid("The import", faults);
        }
        if (!encoding.isEmpty()) {
            Encoding.named(encoding);
        }
        return new ImportOptions(
                Format.valueOf(format.toUpperCase(Locale.ROOT)),
                map(written.get("map")),
                delimiter.isEmpty() ? Optional.empty() : Optional.of(delimiter.charAt(0)),
                Optional.of(encoding).filter(name -> !name.isEmpty()),
                dryRun.equals("true"),
                mode.equals("fast"),
                OnConflict.valueOf(conflict.toUpperCase(Locale.ROOT)),
                key);
    }

    /// What [#of(Map)] takes.
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", format.word());
        values.put("map", map);
        delimiter.ifPresent(each -> values.put("delimiter", String.valueOf(each)));
        encoding.ifPresent(name -> values.put("encoding", name));
        values.put("dry_run", String.valueOf(dryRun));
        values.put("mode", fast ? "fast" : "checked");
        values.put("on_conflict", onConflict.word());
        if (!key.isEmpty()) {
            values.put("key", String.join(",", key));
        }
        return values;
    }

    private static String word(
            Map<String, Object> written, String name, String usual, Set<String> words, List<Fault> faults) {
        String word = text(written, name);
        if (!word.isEmpty() && !words.contains(word)) {
            faults.add(new Fault("/" + name, "choice", "must be one of " + String.join(", ", words.stream().sorted()
                    .toList())));
        }
        return word.isEmpty() ? usual : word;
    }

    private static String text(Map<String, Object> written, String name) {
        return written.get(name) == null ? "" : String.valueOf(written.get(name));
    }

    private static Map<String, String> map(Object written) {
        Map<String, String> map = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> given) {
            given.forEach((from, to) -> map.put(String.valueOf(from), String.valueOf(to)));
        }
        return map;
    }
}
