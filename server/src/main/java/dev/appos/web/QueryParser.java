package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.object.Query;
import dev.appos.object.Query.Count;
import dev.appos.object.Query.Nulls;
import dev.appos.object.Query.Selected;
import dev.appos.object.Query.Sort;
import dev.appos.web.SelectParser.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the options of a record address in PostgREST's dialect. Every option is applied or refused: an answer that
/// ignored a filter would show what was not asked for.
final class QueryParser {

    /// Rows in an answer when nothing is said.
    static final int USUAL_LIMIT = 1_000;

    private static final Set<String> LOGIC = Set.of("and", "or", "not.and", "not.or");
    private static final Set<String> OPTIONS = Set.of("select", "order", "limit", "offset");

    /// What PostgREST does not know; a column of the same name goes before it.
    private static final Set<String> MORE = Set.of("after", "search", "having");

    private final Columns columns;
    private final Map<String, List<String>> options;

    QueryParser(Columns columns, Map<String, List<String>> options) {
        this.columns = columns;
        this.options = options;
    }

    Query query(Count count) {
        List<Item> items = items();
        Query.Extras extras = extras(count);
        List<Sort> order = order(options);
        order.stream().map(Sort::path).filter(path -> !orders(path, items)).forEach(columns::known);
        return new Query(selected(items), where(columns.embedding(called(items)), options, items), order,
                (int) number(options, "limit", USUAL_LIMIT, Query.LARGEST_PAGE),
                number(options, "offset", 0, Long.MAX_VALUE), extras);
    }

    /// Whether an order is by something else than a column: an embedded record, or a name in the answer.
    private static boolean orders(String path, List<Item> items) {
        return path.indexOf('.') >= 0 || items.stream().anyMatch(item -> switch (item) {
            case Item.Plain(Selected selected) -> selected.called().equals(path);
            case Item.Tree tree -> tree.spread();
        });
    }

    private Query.Extras extras(Count count) {
        Optional<String> after = more("after");
        String search = more("search").orElse("");
        Cond having = more("having")
                .map(written -> LogicParser.tree(Columns.ELSEWHERE, "and", written)).orElse(Query.ALL);
        return count == Count.NONE && after.isEmpty() && search.isEmpty() && having.equals(Query.ALL)
                ? Query.Extras.NONE
                : new Query.Extras(count, after, search, having);
    }

    private Optional<String> more(String name) {
        return isMore(name) && options.containsKey(name) ? Optional.of(single(options, name, "")) : Optional.empty();
    }

    private boolean isMore(String name) {
        return MORE.contains(name) && !columns.has(name);
    }

    /// All filters together.
    Cond where() {
        return where(columns, options, List.of());
    }

    /// `*`, columns, what is computed of them, and embedded records.
    List<Selected> select() {
        return selected(items());
    }

    private List<Item> items() {
        String written = single(options, "select", "*").strip();
        List<Item> items = written.equals("*") ? List.of() : SelectParser.parse(written);
        items.forEach(item -> {
            if (item instanceof Item.Plain(Selected.Column(String name, String _, String _)) && !name.equals("*")) {
                columns.known(name);
            }
        });
        return items;
    }

    private static Set<String> called(List<Item> items) {
        return items.stream().filter(Item.Tree.class::isInstance).map(item -> ((Item.Tree) item).called())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param named the options of this level
    private Cond where(Columns known, Map<String, List<String>> named, List<Item> items) {
        List<Cond> conditions = new ArrayList<>();
        Set<String> embedded = called(items);
        named.forEach((name, values) -> {
            boolean elsewhere = known.record().isPresent() && isMore(name);
            if (OPTIONS.contains(name) || elsewhere || embedded.contains(first(name)) && !first(name).equals(name)) {
                return;
            }
            for (String value : values) {
                conditions.add(LOGIC.contains(name)
                        ? LogicParser.tree(known, name, value)
                        : LogicParser.filter(known, name.replace("\"", ""), value));
            }
        });
        return conditions.size() == 1 ? conditions.getFirst() : new Cond.And(conditions);
    }

    /// The part of an option's name before its first dot, with the dots of paths into JSON left alone.
    private static String first(String name) {
        int dot = name.indexOf('.');
        int arrow = name.indexOf("->");
        return dot < 0 || arrow >= 0 && arrow < dot ? name : name.substring(0, dot);
    }

    private List<Selected> selected(List<Item> items) {
        return selected(items, options);
    }

    private List<Selected> selected(List<Item> items, Map<String, List<String>> named) {
        List<Selected> selected = new ArrayList<>();
        for (Item item : items) {
            selected.add(switch (item) {
                case Item.Plain plain -> plain.selected();
                case Item.Tree tree -> embed(tree, named);
            });
        }
        return selected;
    }

    private Selected embed(Item.Tree tree, Map<String, List<String>> named) {
        Map<String, List<String>> inside = new LinkedHashMap<>();
        String prefix = tree.called() + ".";
        named.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                inside.put(name.substring(prefix.length()), values);
            }
        });
        if (inside.containsKey("select")) {
            throw columns.unknown(prefix + "select");
        }
        Query query = new Query(
                selected(tree.items(), inside),
                where(Columns.ELSEWHERE.embedding(called(tree.items())), inside, tree.items()),
                order(inside),
                (int) number(inside, "limit", Query.LARGEST_PAGE, Query.LARGEST_PAGE),
                number(inside, "offset", 0, Long.MAX_VALUE),
                Query.Extras.NONE);
        return new Selected.Embed(tree.name(), tree.alias(), tree.hint(), tree.inner(), tree.spread(), query);
    }

    private static List<Sort> order(Map<String, List<String>> named) {
        String written = single(named, "order", "");
        List<Sort> orders = new ArrayList<>();
        for (String part : written.isEmpty() ? new String[0] : written.split(",", -1)) {
            orders.add(sort(part.strip()));
        }
        return orders;
    }

    /// `name`, `name.desc`, `name.asc.nullsfirst`, `data->>city.desc`, `customer(name).desc`.
    private static Sort sort(String part) {
        List<String> words = new ArrayList<>(List.of(part.split("\\.", -1)));
        Nulls nulls = Nulls.USUAL;
        if (words.size() > 1 && words.getLast().startsWith("nulls")) {
            nulls = switch (words.removeLast()) {
                case "nullsfirst" -> Nulls.FIRST;
                case "nullslast" -> Nulls.LAST;
                default -> throw unordered(part);
            };
        }
        boolean descending = words.size() > 1 && words.getLast().equals("desc");
        if (words.size() > 1 && (descending || words.getLast().equals("asc"))) {
            words.removeLast();
        }
        String path = words.getFirst().replace("\"", "");
        if (words.size() != 1 || path.isEmpty()) {
            throw unordered(part);
        }
        boolean related = path.matches("\\w+\\([^()]+\\)");
        return new Sort(related ? path.replace("(", ".").replace(")", "") : path, descending, nulls);
    }

    private static Refusal unordered(String part) {
        return Refusal.malformed(
                "The order \"" + part + "\" is not understood.", "Write order=column.asc,other.desc.nullslast.");
    }

    private static long number(Map<String, List<String>> named, String option, long usual, long most) {
        String written = single(named, option, String.valueOf(usual));
        try {
            // Digits of other scripts are numbers to Java, and to nobody who writes an address.
            long number = written.matches("\\d+") ? Long.parseLong(written) : -1;
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

    private static String single(Map<String, List<String>> named, String option, String usual) {
        List<String> given = named.getOrDefault(option, List.of());
        if (given.size() > 1) {
            throw Refusal.malformed(option + " is given " + given.size() + " times.", "Give it once.");
        }
        return given.isEmpty() ? usual : given.getFirst();
    }
}
