package dev.appos.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a migration file takes away for good, read from its statements: those we write, and those a person writes in
/// the same words.
///
/// @param app    the schema
/// @param column absent when it is the whole table
record Loss(String app, String table, Optional<String> column) {

    /// Behind a column that is dropped and in which nothing of its own is stored.
    static final String NONE = " /* computed */";

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)";
    private static final String TABLE = NAME + "\\s*\\.\\s*" + NAME;
    private static final String MAYBE = "(?:if\\s+exists\\s+)?";

    private static final Pattern ALTER =
            Pattern.compile("(?is)^\\s*alter\\s+table\\s+" + MAYBE + "(?:only\\s+)?" + TABLE + "(.*)$");
    private static final Pattern COLUMN = Pattern.compile("(?is)\\bdrop\\s+column\\s+" + MAYBE + NAME);
    private static final Pattern DROP = Pattern.compile("(?is)^\\s*drop\\s+table\\s+" + MAYBE + "(.*)$");
    private static final Pattern TABLES = Pattern.compile("(?is)" + TABLE);
    private static final Pattern COMMENT = Pattern.compile("(?s)--[^\n]*|/\\*.*?\\*/");

    private static final Pattern COMPUTED =
            Pattern.compile("(?i)\\bdrop\\s+column\\s+" + NAME + Pattern.quote(NONE));

    /// What the statements of a file take away.
    static List<Loss> of(String file) {
        List<Loss> losses = new ArrayList<>();
        for (String statement : COMMENT.matcher(COMPUTED.matcher(file).replaceAll("")).replaceAll("").split(";")) {
            Matcher alter = ALTER.matcher(statement);
            if (alter.matches()) {
                Matcher column = COLUMN.matcher(alter.group(3));
                while (column.find()) {
                    losses.add(new Loss(
                            bare(alter.group(1)), bare(alter.group(2)), Optional.of(bare(column.group(1)))));
                }
            }
            Matcher drop = DROP.matcher(statement);
            if (drop.matches()) {
                Matcher table = TABLES.matcher(drop.group(1));
                while (table.find()) {
                    losses.add(new Loss(bare(table.group(1)), bare(table.group(2)), Optional.empty()));
                }
            }
        }
        return losses;
    }

    private static String bare(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /// As people write it: `shop.boxes.fax`.
    String title() {
        return app + "." + table + column.map(name -> "." + name).orElse("");
    }
}
