package dev.appos.record;

import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Files that were drafted, wait to be run, and no longer fit the definitions.
///
/// @param file       the last of them
/// @param statements what they would do
record Stale(String file, List<String> statements) {

    private static final int MOST_SHOWN = 5;
    private static final int LONGEST_SHOWN = 200;

    /// Says what is different from what would be made now.
    Refusal refusal(Plan now) {
        List<String> wanted = now.steps().stream()
                .flatMap(step -> MigrationFiles.statements(step.sql() + ";\n").stream()).toList();
        List<String> different = new ArrayList<>();
        statements.stream().filter(each -> !wanted.contains(each)).forEach(each -> different.add("only in the file: "
                + shown(each)));
        wanted.stream().filter(each -> !statements.contains(each)).forEach(each -> different.add("missing in it: "
                + shown(each)));
        return Refusal.conflict(
                "%s was drafted for other definitions than these and has not run. %s".formatted(file, String.join(
                        "; ", different.subList(0, Math.min(MOST_SHOWN, different.size())))),
                "Take it away and draft it anew (appos generate migration), or restore what it was made for.");
    }

    private static String shown(String statement) {
        String line = statement.replaceAll("\\s+", " ");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }
}
