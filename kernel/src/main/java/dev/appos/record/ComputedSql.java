package dev.appos.record;

import dev.appos.api.Expr;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Origin;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a computed field is made of, as SQL. Authors name fields and functions of a closed set, never SQL.
final class ComputedSql {

    private final RecordDefinition record;

    private ComputedSql(RecordDefinition record) {
        this.record = record;
    }

    /// What follows `generated always as`; empty for a field that is not computed.
    static Optional<String> of(RecordDefinition record, FieldDefinition field) {
        return field.origin() instanceof Origin.Computed(Expr expr, boolean stored)
                ? Optional.of("(" + new ComputedSql(record).sql(expr) + ") " + (stored ? "stored" : "virtual"))
                : Optional.empty();
    }

    private String sql(Expr expr) {
        return switch (expr) {
            case Expr.Part part -> part(part.field());
            case Expr.Fixed fixed -> fixed(fixed.value());
            case Expr.Apply apply -> apply(apply.function(), apply.of().stream().map(this::sql).toList());
        };
    }

    /// Whole numbers are calculated with as decimals: a quotient keeps its digits and nothing runs over.
    private String part(String column) {
        ValueType type = record.field(column).map(FieldDefinition::type).orElse(ValueType.TEXT);
        boolean whole = type == ValueType.INTEGER || type == ValueType.LONG;
        return Ddl.quoted(column) + (whole ? "::numeric" : type == ValueType.TEXT ? "::text" : "");
    }

    private static String fixed(Object value) {
        return value instanceof BigDecimal number
                ? "(" + number.toPlainString() + ")::numeric"
                : value instanceof Number number ? "(" + number + ")::numeric" : Ddl.literal(value.toString());
    }

    private static String apply(Expr.Function function, List<String> of) {
        return switch (function) {
            case PLUS -> infix(of, " + ");
            case MINUS -> infix(of, " - ");
            case TIMES -> infix(of, " * ");
            case DIVIDED -> "(" + of.getFirst() + " / nullif(" + of.getLast() + ", 0))";
            case ROUND -> "round(" + of.getFirst() + ", (" + of.getLast() + ")::integer)";
            case CONCAT -> of.stream().map(part -> "coalesce(" + part + ", '')")
                    .collect(Collectors.joining(" || ", "(", ")"));
            case LOWER -> "lower(" + of.getFirst() + ")";
            case UPPER -> "upper(" + of.getFirst() + ")";
            case LENGTH -> "char_length(" + of.getFirst() + ")::numeric";
            case COALESCE -> "coalesce(" + String.join(", ", of) + ")";
        };
    }

    private static String infix(List<String> of, String operator) {
        return of.stream().collect(Collectors.joining(operator, "(", ")"));
    }
}
