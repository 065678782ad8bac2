package dev.appos.authoring;

import dev.appos.api.AppCode;
import dev.appos.api.Expr;
import dev.appos.api.Value;
import dev.appos.object.Definition;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Origin;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Asks the author's code once what each computed field is made of, and checks that PostgreSQL can compute it. No door
/// is open meanwhile, so that it cannot depend on anything but the source.
final class ComputedFields {

    private final Function<String, AppCode> code;
    private final Faults faults;

    ComputedFields(Function<String, AppCode> code, Faults faults) {
        this.code = code;
        this.faults = faults;
    }

    /// The definitions with what computed fields are made of filled in.
    List<Definition> definitions(List<Definition> drafts) {
        return drafts.stream().map(draft -> draft instanceof RecordDefinition record ? record(record) : draft).toList();
    }

    private Definition record(RecordDefinition record) {
        if (record.fields().stream().noneMatch(field -> field.origin() instanceof Origin.Computed)) {
            return record;
        }
        List<FieldDefinition> fields = new ArrayList<>();
        for (FieldDefinition field : record.fields()) {
            fields.add(field.origin() instanceof Origin.Computed computed
                    ? made(record, field).map(expr -> field.from(new Origin.Computed(expr, computed.stored())))
                            .orElse(field)
                    : field);
        }
        return record.withFields(fields);
    }

    private Optional<Expr> made(RecordDefinition record, FieldDefinition field) {
        Expr expr;
        try {
            Object said = code.apply(record.ref().app())
                    .call("computed." + record.ref().name() + "." + field.accessor(), new Object[0]);
            expr = ((Value<?>) said).expr();
        } catch (Throwable thrown) {
            fault(record, "how " + field.accessor() + " is computed cannot be asked: " + thrown,
                    "Make it of the fields of the record: it reads nothing and runs nothing.");
            return Optional.empty();
        }
        if (parts(expr).map(part -> fits(record, field, part)).toList().contains(false)) {
            return Optional.empty();
        }
        boolean same = text(record, expr) == (field.type() == ValueType.TEXT)
                && (field.type() == ValueType.TEXT || field.type().numeric());
        if (!same) {
            fault(record, field.accessor() + " is computed as " + (text(record, expr) ? "a text" : "a number"),
                    "Declare it as a " + (text(record, expr) ? "String." : "BigDecimal, an Integer or a Long."));
        }
        return same ? Optional.of(expr) : Optional.empty();
    }

    private static Stream<Expr.Part> parts(Expr expr) {
        return switch (expr) {
            case Expr.Part part -> Stream.of(part);
            case Expr.Fixed _ -> Stream.empty();
            case Expr.Apply apply -> apply.of().stream().flatMap(ComputedFields::parts);
        };
    }

    private boolean fits(RecordDefinition record, FieldDefinition field, Expr.Part part) {
        Optional<FieldDefinition> found = record.field(part.field());
        if (found.isEmpty()) {
            fault(record, field.accessor() + " is computed from " + part.field() + ", which is no field of "
                    + record.ref().name(),
                    "Use fields that the author of the record declared, none of another record.");
            return false;
        }
        FieldDefinition from = found.get();
        if (from.origin() instanceof Origin.Computed) {
            fault(record, field.accessor() + " is computed from " + from.accessor() + ", which is computed itself",
                    "Write out what that is made of.");
            return false;
        }
        boolean open = Stream.of(Permission.VIEW, Permission.UPDATE).allMatch(permission ->
                from.access().of(permission).isEmpty()
                        || from.access().of(permission).containsAll(field.access().of(permission))
                                && field.access().stated());
        if (!open) {
            fault(record, field.accessor() + " would tell of " + from.accessor() + ", which is restricted",
                    "Restrict " + field.accessor() + " in the same way.");
        }
        return open;
    }

    private static boolean text(RecordDefinition record, Expr expr) {
        return switch (expr) {
            case Expr.Part part -> record.field(part.field()).map(field -> field.type().textual()).orElse(false);
            case Expr.Fixed fixed -> fixed.value() instanceof String;
            case Expr.Apply apply -> switch (apply.function()) {
                case PLUS, MINUS, TIMES, DIVIDED, ROUND, LENGTH -> false;
                case CONCAT, LOWER, UPPER -> true;
                case COALESCE -> text(record, apply.of().getFirst());
            };
        };
    }

    private void fault(RecordDefinition record, String message, String remedy) {
        faults.add(new Problem(record.source().file(), record.source().line(), 1, message, remedy));
    }
}
