package dev.appos.web;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.Query;
import dev.appos.object.Query.Function;
import dev.appos.object.Query.Selected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `select=` in PostgREST's dialect: columns with alias, cast and path into JSON, what is computed of them, and
/// embedded records to any depth.
final class SelectParser {

    /// A longer selection is a program.
    private static final int LONGEST = 20_000;

    private static final int DEEPEST = 20;

    private static final Pattern ITEM = Pattern.compile(
            "\\s*(\\.\\.\\.)?(?:(\"[^\"]+\"|\\w+):(?!:))?(\"[^\"]+\"|\\*|\\w+)?((?:->>?[^,()!:.\\s]+)*)"
                    + "(?:::(\\w+))?(?:\\.?([a-z]+)\\(\\))?(?:::(\\w+))?((?:!\\w+)*)\\s*");

    private static final Pattern CAST = Pattern.compile("::(\\w+)\\s*");

    private final String text;
    private int at;

    private SelectParser(String text) {
        this.text = text;
    }

    /// A part of a selection before the options of embedded records are added to it.
    sealed interface Item {

        /// What stands for itself.
        record Plain(Selected selected) implements Item {}

        /// Embedded records, with what is selected of them.
        record Tree(String name, String alias, String hint, boolean inner, boolean spread, List<Item> items)
                implements Item {

            /// The name in the answer and in options.
            String called() {
                return alias.isEmpty() ? name : alias;
            }
        }
    }

    static List<Item> parse(String written) {
        if (written.length() > LONGEST) {
            throw Refusal.tooLarge("The selection is longer than " + LONGEST + " characters.", "Select less.");
        }
        SelectParser parser = new SelectParser(written);
        List<Item> items = parser.items(0);
        if (parser.at < written.length()) {
            throw parser.fault();
        }
        return items;
    }

    private List<Item> items(int depth) {
        if (depth > DEEPEST) {
            throw Refusal.tooLarge("The selection is deeper than " + DEEPEST + " levels.", "Ask in several steps.");
        }
        List<Item> items = new ArrayList<>();
        do {
            items.add(item(depth));
        } while (accept(','));
        return items;
    }

    private Item item(int depth) {
        Matcher item = ITEM.matcher(text).region(at, text.length());
        if (!item.lookingAt() || item.end() == at) {
            throw fault();
        }
        at = item.end();
        boolean spread = item.group(1) != null;
        String alias = bare(item.group(2));
        String name = bare(item.group(3));
        if (name.equals("count") && item.group(8).isEmpty() && text.startsWith("()", at)) {
            at += 2;
            Matcher cast = CAST.matcher(text).region(at, text.length());
            boolean casts = cast.lookingAt();
            at = casts ? cast.end() : at;
            return new Item.Plain(new Selected.Call(Function.COUNT, "", alias, casts ? cast.group(1) : ""));
        }
        if (accept('(')) {
            List<Item> inside = accept(')') ? nothing() : inside(depth);
            return new Item.Tree(name, alias, hint(item.group(8)), item.group(8).contains("!inner"), spread, inside);
        }
        String function = bare(item.group(6));
        if (spread || name.isEmpty() && function.isEmpty() || !item.group(8).isEmpty()) {
            throw fault();
        }
        String path = name + item.group(4);
        String first = bare(item.group(5));
        String last = bare(item.group(7));
        if (function.isEmpty()) {
            return new Item.Plain(new Selected.Column(path, alias, first));
        }
        if (!first.isEmpty()) {
            throw Refusal.malformed(
                    path + "::" + first + "." + function + "() computes of a cast value.", "Cast what is computed.");
        }
        return new Item.Plain(new Selected.Call(function(function), path, alias, last));
    }

    private List<Item> inside(int depth) {
        List<Item> items = items(depth + 1);
        if (!accept(')')) {
            throw fault();
        }
        // How clients of older versions count.
        boolean counts = items.size() == 1 && items.getFirst() instanceof Item.Plain(Selected.Column(
                String name, String alias, String _)) && name.equals("count") && alias.isEmpty();
        return counts ? List.of(new Item.Plain(new Selected.Call(Function.COUNT, "", "", ""))) : items;
    }

    /// An embedded record of which nothing is shown.
    private static List<Item> nothing() {
        return List.of(new Item.Plain(new Selected.Column("")));
    }

    private static String hint(String written) {
        return Arrays.stream(written.split("!"))
                .filter(word -> !word.isEmpty() && !word.equals("inner") && !word.equals("left"))
                .findFirst().orElse("");
    }

    private static Function function(String word) {
        return Arrays.stream(Function.values())
                .filter(function -> function.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.malformed(
                        word + "() cannot be computed.", Nearest.remedy(word, Arrays.stream(Query.Function.values())
                                .map(each -> each.name().toLowerCase(Locale.ROOT)).toList())));
    }

    private static String bare(String written) {
        return written == null ? "" : written.replace("\"", "");
    }

    private boolean accept(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private Refusal fault() {
        return Refusal.malformed(
                "The selection is not understood near \"" + text.substring(Math.min(at, text.length())) + "\".",
                "Write for example select=id,name,total:amount.sum(),customer(name,invoices(id)).");
    }
}
