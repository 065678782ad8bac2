package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import dev.appos.base.Refusal;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the options of a record address in PostgREST's dialect. Every option is applied or refused: an answer that
/// ignored a filter would show what was not asked for.
final class QueryParser {

    /// Rows in an answer when nothing is said.
    static final int USUAL_LIMIT = 1_000;

    private static final Set<String> LOGIC = Set.of("and", "or", "not.and", "not.or");
    private static final Set<String> OPTIONS = Set.of("select", "order", "limit", "offset");

    private final Columns columns;
    private final Map<String, List<String>> options;

    QueryParser(Columns columns, Map<String, List<String>> options) {
        this.columns = columns;
        this.options = options;
    }

    Query query(boolean total) {
        return new Query(select(), where(), order(), (int) number("limit", USUAL_LIMIT, Query.LARGEST_PAGE),
                number("offset", 0, Long.MAX_VALUE), total);
    }

    /// All filters together.
    Cond where() {
        List<Cond> conditions = new ArrayList<>();
        options.forEach((name, values) -> {
            if (OPTIONS.contains(name)) {
                return;
            }
            for (String value : values) {
                conditions.add(LOGIC.contains(name)
                        ? LogicParser.tree(columns, name, value)
                        : LogicParser.filter(columns, name, value));
            }
        });
        return conditions.size() == 1 ? conditions.getFirst() : new Cond.And(conditions);
    }

    /// `*`, columns, and `reference(column,…)` for the record a reference leads to.
    List<Selected> select() {
        String written = single("select", "*").replace(" ", "");
        List<Selected> selected = new ArrayList<>();
        if (written.equals("*")) {
            return selected;
        }
        for (String part : split(written)) {
            int open = part.indexOf('(');
            if (part.equals("*")) {
                selected.addAll(everything());
            } else if (open < 0) {
                selected.add(new Selected.Column(columns.known(part)));
            } else {
                selected.add(embed(part.substring(0, open), part.substring(open + 1)));
            }
        }
        return selected;
    }

    private Selected embed(String name, String rest) {
        if (!rest.endsWith(")") || !columns.embeds().test(name)) {
            throw columns.unknown(name);
        }
        String inside = rest.substring(0, rest.length() - 1);
        if (inside.indexOf('(') >= 0) {
            throw Refusal.malformed("select goes deeper than one reference.", "Ask for the other record by its id.");
        }
        return new Selected.Embed(name, inside.equals("*") ? List.of() : split(inside));
    }

    private List<Selected> everything() {
        List<Selected> all = new ArrayList<>();
        all.add(new Selected.Column("id"));
        all.add(new Selected.Column("version"));
        columns.record().fields().forEach(field -> all.add(new Selected.Column(field.name())));
        List.of("created_at", "created_by", "updated_at", "updated_by")
                .forEach(column -> all.add(new Selected.Column(column)));
        return all;
    }

    private List<Order> order() {
        String written = single("order", "");
        List<Order> orders = new ArrayList<>();
        if (written.isEmpty()) {
            return orders;
        }
        for (String part : written.split(",", -1)) {
            String[] words = part.strip().split("\\.", -1);
            String direction = words.length > 1 ? words[1] : "asc";
            boolean known = words.length <= 2 && (direction.equals("asc") || direction.equals("desc"));
            if (!known) {
                throw Refusal.malformed(
                        "The order \"" + part + "\" is not understood.", "Write order=column.asc,other.desc.");
            }
            orders.add(new Order(columns.known(words[0]), direction.equals("desc")));
        }
        return orders;
    }

    private long number(String option, long usual, long most) {
        String written = single(option, String.valueOf(usual));
        try {
            long number = Long.parseLong(written);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below like a number out of range.
        }
        throw Refusal.malformed(
                option + "=" + written + " is not understood.",
                "Write a whole number from 0" + (most == Long.MAX_VALUE ? "." : " to " + most + "."));
    }

    private String single(String option, String usual) {
        List<String> given = options.getOrDefault(option, List.of());
        if (given.size() > 1) {
            throw Refusal.malformed(option + " is given " + given.size() + " times.", "Give it once.");
        }
        return given.isEmpty() ? usual : given.getFirst();
    }

    /// Splits at commas that are not inside parentheses.
    private static List<String> split(String written) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < written.length(); i++) {
            char letter = written.charAt(i);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                parts.add(written.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(written.substring(start));
        return parts;
    }
}
