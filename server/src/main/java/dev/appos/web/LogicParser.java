package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads conditions in PostgREST's dialect: `eq.5`, `not.in.(1,2)`, `like(any).{a*,b*}`, and trees such as
/// `(status.eq.ACTIVE,or(total.gt.5,name.ilike."*a,b*"))`. What it does not understand it refuses.
final class LogicParser {

    /// A deeper tree is no question anybody asked.
    static final int DEEPEST = 10;

    /// More conditions belong into a rule.
    static final int MOST_CONDITIONS = 200;

    private static final Map<String, Operator> OPERATORS = Map.ofEntries(
            Map.entry("eq", Operator.EQ), Map.entry("neq", Operator.NE),
            Map.entry("gt", Operator.GT), Map.entry("gte", Operator.GTE),
            Map.entry("lt", Operator.LT), Map.entry("lte", Operator.LTE),
            Map.entry("like", Operator.LIKE), Map.entry("ilike", Operator.ILIKE),
            Map.entry("match", Operator.MATCH), Map.entry("imatch", Operator.IMATCH),
            Map.entry("in", Operator.IN), Map.entry("is", Operator.IS),
            Map.entry("cs", Operator.CONTAINS), Map.entry("cd", Operator.CONTAINED),
            Map.entry("ov", Operator.OVERLAPS),
            Map.entry("fts", Operator.FTS), Map.entry("plfts", Operator.PLFTS),
            Map.entry("phfts", Operator.PHFTS), Map.entry("wfts", Operator.WFTS));

    private static final String DISTINCT = "isdistinct";

    /// Operators of ranges, which no field of a record is.
    private static final Set<String> RANGES = Set.of("sl", "sr", "nxr", "nxl", "adj");

    private static final Set<String> QUANTIFIED =
            Set.of("eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch");

    private static final Pattern GROUP = Pattern.compile("(not\\.)?(and|or)\\(");
    private static final Pattern COLUMN = Pattern.compile("(\"[^\"]+\"|[^.(),\"]+)\\.");
    private static final Pattern OPERATOR = Pattern.compile("(not\\.)?([a-z]+)(?:\\((\\w+)\\))?\\.");

    private final Columns columns;
    private final String text;

    /// Whether the value goes to the end of the text.
    private final boolean open;

    private int at;
    private int conditions;

    private LogicParser(Columns columns, String text, boolean open) {
        this.columns = columns;
        this.text = text;
        this.open = open;
    }

    /// Reads the value of a column's own option: `name=ilike.*a*`. The value goes to the end of the text.
    static Cond filter(Columns columns, String column, String written) {
        columns.known(column);
        LogicParser parser = new LogicParser(columns, written, true);
        Cond condition = parser.condition(column);
        parser.end();
        return condition;
    }

    /// Reads the value of `and=` or `or=`: a list of conditions in parentheses.
    static Cond tree(Columns columns, String word, String written) {
        LogicParser parser = new LogicParser(columns, written, false);
        parser.expect('(');
        boolean negated = word.startsWith("not.");
        Cond condition = parser.group(negated ? word.substring(4) : word, negated, 0);
        parser.end();
        return condition;
    }

    private void end() {
        if (at < text.length()) {
            throw fault("it goes on after its last parenthesis");
        }
    }

    /// Reads the conditions up to a closing parenthesis.
    private Cond group(String word, boolean negated, int depth) {
        if (depth > DEEPEST) {
            throw fault("it is deeper than " + DEEPEST + " levels");
        }
        List<Cond> parts = new ArrayList<>();
        do {
            parts.add(part(depth));
        } while (accept(','));
        expect(')');
        Cond all = word.equals("and") ? new Cond.And(parts) : new Cond.Or(parts);
        return negated ? all.not() : all;
    }

    private Cond part(int depth) {
        if (++conditions > MOST_CONDITIONS) {
            throw fault("it has more than " + MOST_CONDITIONS + " conditions");
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        Matcher group = at(GROUP);
        if (group.lookingAt()) {
            at = group.end();
            return group(group.group(2), group.group(1) != null, depth + 1);
        }
        Matcher column = at(COLUMN);
        if (!column.lookingAt()) {
            throw fault("near \"" + text.substring(at) + "\" a condition such as name.eq.value is missing");
        }
        at = column.end();
        return condition(columns.known(column.group(1).replace("\"", "")));
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    /// Reads what stands behind `column.` and makes the condition.
    private Cond condition(String column) {
        Matcher matcher = at(OPERATOR);
        if (!matcher.lookingAt()) {
            throw noOperator(text.substring(at).split("\\.", 2)[0]);
        }
        at = matcher.end();
        String word = matcher.group(2);
        String inside = matcher.group(3) == null ? "" : matcher.group(3);
        Cond condition = quantified(word, inside) ? many(column, word, inside) : one(column, word, inside);
        return matcher.group(1) == null ? condition : condition.not();
    }

    private static boolean quantified(String word, String inside) {
        return QUANTIFIED.contains(word) && (inside.equals("any") || inside.equals("all"));
    }

    /// `eq(any).{a,b}`: one condition a value, joined.
    private Cond many(String column, String word, String quantifier) {
        Operator operator = OPERATORS.get(word);
        List<Cond> each = new ArrayList<>();
        for (String value : list('{', '}')) {
            each.add(compare(column, operator, value, ""));
        }
        conditions += each.size();
        if (conditions > MOST_CONDITIONS) {
            throw fault("it has more than " + MOST_CONDITIONS + " conditions");
        }
        return quantifier.equals("any") ? new Cond.Or(each) : new Cond.And(each);
    }

    private Cond one(String column, String word, String inside) {
        if (RANGES.contains(word)) {
            throw Refusal.invalid("The filter", "/" + column, "type", "is not a range, so " + word + " does not apply");
        }
        if (word.equals(DISTINCT) && inside.isEmpty()) {
            return distinct(column, value());
        }
        Operator operator = OPERATORS.get(word);
        if (operator == null) {
            throw noOperator(word);
        }
        boolean words = word.endsWith("fts");
        if (!inside.isEmpty() && !words) {
            throw fault(word + "(" + inside + ") is no operator");
        }
        if (operator == Operator.IN) {
            List<Object> values = new ArrayList<>();
            list('(', ')').forEach(value -> values.add(columns.parse(column, value)));
            return new Cond.Compare(column, Operator.IN, values);
        }
        return compare(column, operator, value(), inside);
    }

    /// Different, where nothing differs from something.
    private Cond distinct(String column, String value) {
        Cond none = new Cond.Compare(column, Operator.IS, null);
        return value.equals("null")
                ? none.not()
                : new Cond.Compare(column, Operator.NE, columns.parse(column, value)).or(none);
    }

    private Cond compare(String column, Operator operator, String value, String language) {
        return switch (operator) {
            case EQ, NE, GT, GTE, LT, LTE -> new Cond.Compare(column, operator, columns.parse(column, value));
            // PostgREST takes both signs for any characters.
            case LIKE, ILIKE -> new Cond.Compare(column, operator, value.replace('%', '*'));
            case MATCH, IMATCH, CONTAINS, CONTAINED, OVERLAPS -> new Cond.Compare(column, operator, value);
            case FTS, PLFTS, PHFTS, WFTS -> new Cond.Compare(
                    column, operator, List.of(language.isEmpty() ? "simple" : language, value));
            case IS -> is(column, value);
            case IN -> throw new IllegalStateException("lists are read elsewhere");
        };
    }

    private static Cond is(String column, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "null", "unknown" -> new Cond.Compare(column, Operator.IS, null);
            case "not_null" -> new Cond.Compare(column, Operator.IS, null).not();
            case "true" -> new Cond.Compare(column, Operator.IS, true);
            case "false" -> new Cond.Compare(column, Operator.IS, false);
            default -> throw Refusal.malformed(
                    "The filter " + column + "=is." + value + " is not understood.",
                    "Write is.null, is.not_null, is.true, is.false or is.unknown.");
        };
    }

    /// The values between two signs, separated by commas.
    private List<String> list(char from, char to) {
        expect(from);
        List<String> values = new ArrayList<>();
        if (!accept(to)) {
            do {
                values.add(text(c -> c == ',' || c == to || c == from));
            } while (accept(','));
            expect(to);
        }
        return values;
    }

    /// A value: to the end where it stands alone; otherwise up to the next comma or parenthesis, or in double quotes,
    /// or in the braces and brackets of a list or an object.
    private String value() {
        if (open) {
            String rest = text.substring(at);
            at = text.length();
            return rest;
        }
        if (at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[')) {
            return enclosed();
        }
        return text(c -> c == ',' || c == '(' || c == ')');
    }

    private String enclosed() {
        int start = at;
        int depth = 0;
        boolean quoted = false;
        do {
            char letter = text.charAt(at);
            if (letter == '\\' && quoted) {
                at++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += "{[".indexOf(letter) >= 0 ? 1 : "}]".indexOf(letter) >= 0 ? -1 : 0;
            }
            at++;
        } while (at < text.length() && depth > 0);
        return text.substring(start, Math.min(at, text.length()));
    }

    /// Up to a sign that ends it, or in double quotes with `\` before `"` and `\`.
    private String text(IntPredicate ends) {
        StringBuilder value = new StringBuilder();
        if (accept('"')) {
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            expect('"');
            return value.toString();
        }
        while (at < text.length() && !ends.test(text.charAt(at))) {
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private static Refusal noOperator(String word) {
        boolean known = OPERATORS.containsKey(word) || word.equals(DISTINCT);
        return Refusal.malformed(
                "The filter \"" + word + "\" is not understood.",
                "Write column=operator.value. " + (known
                        ? "For example " + word + ".5" : Nearest.remedy(word, new TreeSet<>(OPERATORS.keySet()))));
    }

    private boolean accept(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw fault("at character " + (at + 1) + " a " + wanted + " is missing");
        }
    }

    private Refusal fault(String why) {
        return Refusal.malformed(
                "The condition " + text + " is not understood: " + why + ".",
                "Write for example or=(status.eq.ACTIVE,total.gt.5).");
    }
}
