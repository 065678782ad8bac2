package dev.appos.cli;

import dev.appos.base.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints what a platform answered: as it came, or as a table for people.
final class Listing {

    private static final int WIDEST = 60;

    private Listing() {}

    /// Prints an answer, or `done` when there is none.
    ///
    /// @param columns of a table, when the answer is a list
    static void print(PrintWriter out, Format format, Optional<Object> answer, List<String> columns, String done) {
        if (format == Format.json) {
            out.println(answer.map(Json::write).orElse("{}"));
        } else if (answer.isEmpty()) {
            out.println(done);
        } else {
            text(out, answer.get(), columns);
        }
        out.flush();
    }

    private static void text(PrintWriter out, Object answer, List<String> columns) {
        Object items = answer instanceof Map<?, ?> map && map.get("items") instanceof List<?> list ? list : answer;
        if (items instanceof List<?> list) {
            table(out, list, columns);
        } else if (items instanceof Map<?, ?> map) {
            int widest = map.keySet().stream().mapToInt(key -> key.toString().length()).max().orElse(0);
            String form = "%-" + (widest + 2) + "s%s";
            map.forEach((key, value) -> out.println(form.formatted(key, lines(value, widest))));
        } else {
            out.println(items);
        }
    }

    private static void table(PrintWriter out, List<?> items, List<String> columns) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        for (Object item : items) {
            Map<String, Object> row = Json.object(item, "Each item");
            lines.add(columns.stream().map(column -> shortened(cell(row.get(column)))).toList());
        }
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            widths.add(lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0));
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(("%-" + (widths.get(i) + 2) + "s").formatted(line.get(i)));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /// A list of sentences one below the other.
    private static String lines(Object value, int indent) {
        boolean sentences = value instanceof List<?> list && list.stream().anyMatch(each -> cell(each).contains(" "));
        return sentences
                ? ((List<?>) value).stream().map(Listing::cell)
                        .collect(Collectors.joining("\n" + " ".repeat(indent + 2)))
                : cell(value);
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> list.stream().map(Listing::cell).collect(Collectors.joining(", "));
            case Map<?, ?> map -> Json.write(map);
            default -> value.toString();
        };
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }
}
