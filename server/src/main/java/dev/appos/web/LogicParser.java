package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads conditions in PostgREST's dialect: `eq.5`, `not.in.(1,2)`, and trees such as
/// `(status.eq.ACTIVE,or(total.gt.5,name.ilike."*a,b*"))`. What it does not understand it refuses.
final class LogicParser {

    /// A deeper tree is no question anybody asked.
    static final int DEEPEST = 10;

    /// More conditions belong into a rule.
    static final int MOST_CONDITIONS = 200;

    private static final Map<String, Cond.Operator> OPERATORS = Map.of(
            "eq", Cond.Operator.EQ,
            "neq", Cond.Operator.NE,
            "gt", Cond.Operator.GT,
            "gte", Cond.Operator.GTE,
            "lt", Cond.Operator.LT,
            "lte", Cond.Operator.LTE,
            "like", Cond.Operator.LIKE,
            "ilike", Cond.Operator.ILIKE,
            "in", Cond.Operator.IN,
            "is", Cond.Operator.IS);

    private final Columns columns;
    private final String text;
    private int at;
    private int conditions;

    private LogicParser(Columns columns, String text) {
        this.columns = columns;
        this.text = text;
    }

    /// Reads the value of a column's own option: `name=ilike.*a*`. The value goes to the end of the text.
    static Cond filter(Columns columns, String column, String written) {
        columns.known(column);
        if (written.startsWith("not.")) {
            return filter(columns, column, written.substring(4)).not();
        }
        int dot = written.indexOf('.');
        Cond.Operator operator = operator(dot < 0 ? written : written.substring(0, dot), dot < 0);
        String value = written.substring(dot + 1);
        if (operator != Cond.Operator.IN) {
            return compare(columns, column, operator, value);
        }
        LogicParser parser = new LogicParser(columns, value);
        Cond list = parser.list(column);
        parser.end();
        return list;
    }

    /// Reads the value of `and=` or `or=`: a list of conditions in parentheses.
    static Cond tree(Columns columns, String word, String written) {
        LogicParser parser = new LogicParser(columns, written);
        Cond condition = parser.group(word, 0);
        parser.end();
        return condition;
    }

    private void end() {
        if (at < text.length()) {
            throw fault("it goes on after its last parenthesis");
        }
    }

    private Cond group(String word, int depth) {
        if (depth > DEEPEST) {
            throw fault("it is deeper than " + DEEPEST + " levels");
        }
        expect('(');
        List<Cond> parts = new ArrayList<>();
        do {
            parts.add(part(depth));
        } while (accept(','));
        expect(')');
        return switch (word) {
            case "and" -> new Cond.And(parts);
            case "or" -> new Cond.Or(parts);
            case "not.and" -> new Cond.And(parts).not();
            case "not.or" -> new Cond.Or(parts).not();
            default -> throw fault(
                    "\"" + word + "\" joins no conditions; write and(…), or(…), not.and(…), not.or(…)");
        };
    }

    private Cond part(int depth) {
        if (++conditions > MOST_CONDITIONS) {
            throw fault("it has more than " + MOST_CONDITIONS + " conditions");
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        while (at < text.length() && "(),".indexOf(text.charAt(at)) < 0 && text.charAt(at) != '"') {
            at++;
            String word = text.substring(start, at);
            int dots = word.length() - word.replace(".", "").length();
            boolean negated = word.contains(".not.");
            if (word.endsWith(".") && dots == (negated ? 3 : 2) && !word.endsWith(".not.")) {
                return condition(word.substring(0, word.length() - 1));
            }
            if (at < text.length() && text.charAt(at) == '(') {
                return group(word, depth + 1);
            }
        }
        throw fault("near \"" + text.substring(start) + "\" a condition such as name.eq.value is missing");
    }

    /// Reads the value after `column.operator.` and makes the condition.
    private Cond condition(String head) {
        String column = head.substring(0, head.indexOf('.'));
        String rest = head.substring(column.length() + 1);
        boolean negated = rest.startsWith("not.");
        Cond.Operator operator = operator(negated ? rest.substring(4) : rest, false);
        columns.known(column);
        Cond condition = operator == Cond.Operator.IN ? list(column) : compare(columns, column, operator, value());
        return negated ? condition.not() : condition;
    }

    private Cond list(String column) {
        expect('(');
        List<Object> values = new ArrayList<>();
        if (!accept(')')) {
            do {
                values.add(columns.parse(column, value()));
            } while (accept(','));
            expect(')');
        }
        return new Cond.Compare(column, Cond.Operator.IN, values);
    }

    /// A value up to the next comma or parenthesis, or in double quotes with `\` before `"` and `\`.
    private String value() {
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
        while (at < text.length() && ",()".indexOf(text.charAt(at)) < 0) {
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private static Cond compare(Columns columns, String column, Cond.Operator operator, String value) {
        return switch (operator) {
            case EQ, NE, GT, GTE, LT, LTE ->
                new Cond.Compare(column, operator, columns.parse(column, value));
            // PostgREST takes both signs for any characters.
            case LIKE, ILIKE -> new Cond.Compare(column, operator, value.replace('%', '*'));
            case IS -> is(column, value);
            case IN -> throw new IllegalStateException("lists are read elsewhere");
        };
    }

    private static Cond is(String column, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "null" -> new Cond.Compare(column, Cond.Operator.IS, null);
            case "not_null" -> new Cond.Compare(column, Cond.Operator.IS, null).not();
            case "true" -> new Cond.Compare(column, Cond.Operator.IS, true);
            case "false" -> new Cond.Compare(column, Cond.Operator.IS, false);
            default -> throw Refusal.malformed(
                    "The filter " + column + "=is." + value + " is not understood.",
                    "Write is.null, is.not_null, is.true or is.false.");
        };
    }

    private static Cond.Operator operator(String word, boolean alone) {
        Cond.Operator operator = OPERATORS.get(word);
        if (operator == null || alone) {
            String known = operator == null ? Nearest.remedy(word, OPERATORS.keySet()) : "For example " + word + ".5";
            throw Refusal.malformed(
                    "The filter \"" + word + "\" is not understood.", "Write column=operator.value. " + known);
        }
        return operator;
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
