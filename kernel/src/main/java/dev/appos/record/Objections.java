package dev.appos.record;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.store.SqlFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Says in the caller's words what PostgreSQL objected to, naming fields and never what others have stored.
final class Objections {

    /// PostgreSQL's detail of a missing target: `Key (support_rep_id)=(99) is not present …`, in whatever language.
    private static final Pattern KEY = Pattern.compile("\\([^()]+\\)=\\((-?\\d+)\\)");

    private Objections() {}

    /// The objection to rows that were written.
    ///
    /// @param rows the rows as sent, for the place of a fault
    static RuntimeException written(
            RecordTable table, List<Map<String, @Nullable Object>> rows, DataAccessException e) {
        SqlFault fault = SqlFault.of(e);
        return switch (fault.kind()) {
            case UNIQUE -> taken(table, fault);
            case FOREIGN_KEY -> table.reference(fault.constraint())
                    .<RuntimeException>map(column -> missing(table, column, rows, detail(e)))
                    .orElse(e);
            case CHECK, NOT_NULL -> table.together(fault.constraint())
                    .map(columns -> Refusal.invalid(
                            "The " + table.word(), "/" + columns.getFirst(), "together",
                            "must have a value together with " + columns.getLast() + ", or neither"))
                    .orElseGet(() -> Refusal.invalid(
                            "The " + table.word(), column(table, fault), "check", "has a value that is not allowed"));
            // Given values are checked before: it is what they make together.
            case TOO_LONG, OUT_OF_RANGE -> table.computed().isEmpty() ? e : Refusal.invalid(
                    "The " + table.word(), "/" + table.computed().getFirst(), "computed",
                    "makes more than " + String.join(" or ", table.computed()) + " has room for");
            case BAD_VALUE, SERIALIZATION, DISK_FULL, UNAVAILABLE, OTHER -> e;
        };
    }

    /// The objection to the removal of a record.
    ///
    /// @param what the record or records: `customer 5`
    static RuntimeException removed(Permit permit, RecordTable table, String what, DataAccessException e) {
        SqlFault fault = SqlFault.of(e);
        if (fault.kind() != SqlFault.Kind.FOREIGN_KEY && fault.kind() != SqlFault.Kind.NOT_NULL) {
            return e;
        }
        return held(permit, table, what, record -> record.plural().equals(fault.table()));
    }

    /// The objection to the removal of what these refer to.
    static Refusal held(Permit permit, RecordTable table, String what, Predicate<RecordDefinition> by) {
        Visibility visible = permit.visible();
        String who = permit.snapshot().ofKind(RecordDefinition.class).stream()
                .filter(by)
                .filter(record -> refers(visible.seen(record), table.ref()))
                .filter(record -> visible.allows(record.ref(), Permission.VIEW))
                // Which rows refer to it may be hidden: then it is not said that there are any.
                .filter(record -> visible.rows(record).equals(Query.ALL))
                .map(record -> record.ref().toString())
                .collect(Collectors.joining(" or "));
        return Refusal.conflict(
                "The " + what + " is still referred to by " + (who.isEmpty() ? "other records" : who) + ".",
                "Change or remove what refers to it first.");
    }

    private static boolean refers(RecordDefinition record, Ref target) {
        return record.fields().stream()
                .flatMap(field -> field.target().stream())
                .anyMatch(each -> each.record().equals(target));
    }

    private static Refusal taken(RecordTable table, SqlFault fault) {
        Optional<List<String>> key = table.key(fault.constraint());
        return key.isPresent()
                ? taken(table, key.get())
                // Unique together with a field that the caller may not see.
                : Refusal.conflict(
                        article(table.word()) + " " + table.word() + " like this exists already.",
                        "Give it other values.");
    }

    /// The objection to a second record with the same values in these columns.
    static Refusal taken(RecordTable table, List<String> key) {
        String what = article(table.word()) + " " + table.word();
        String names = key.stream().map(name -> label(table, name)).collect(Collectors.joining(" and "));
        return Refusal.conflict(
                what + " with this " + names + " exists already.",
                "Give another " + names + ", or change the one that exists.");
    }

    private static Refusal missing(
            RecordTable table, Column column, List<Map<String, @Nullable Object>> rows, Optional<Long> id) {
        String target = RecordTable.target(column).record().name().replace('_', ' ');
        int place = -1;
        for (int i = 0; i < rows.size() && place < 0; i++) {
            Object value = rows.get(i).get(column.name());
            if (value != null && (id.isEmpty() || value.equals(id.get()))) {
                place = i;
            }
        }
        String prefix = rows.size() <= 1 || place < 0 ? "" : "/" + place;
        String name = id.map(number -> target + " " + number).orElse("such " + target);
        return Refusal.invalid("The " + table.word(), List.of(missing(column, prefix, name)));
    }

    /// The fault of a reference to a record that is not there, or not there for the caller.
    ///
    /// @param prefix the place of the row in what was sent
    /// @param name   the record: `employee 5`
    static Fault missing(Column column, String prefix, String name) {
        return new Fault(prefix + "/" + column.name(), "reference", "leads nowhere: there is no " + name);
    }

    private static Optional<Long> detail(DataAccessException e) {
        PSQLException server = e.getCause(PSQLException.class);
        ServerErrorMessage message = server == null ? null : server.getServerErrorMessage();
        String detail = message == null ? null : message.getDetail();
        if (detail == null) {
            return Optional.empty();
        }
        Matcher key = KEY.matcher(detail);
        return key.find() ? Optional.of(Long.valueOf(key.group(1))) : Optional.empty();
    }

    private static String column(RecordTable table, SqlFault fault) {
        if (!fault.column().isEmpty()) {
            return table.column(fault.column()) == null ? "" : "/" + fault.column();
        }
        return table.fields().stream()
                .map(Column::name)
                .filter(name -> fault.constraint().startsWith(table.name() + "_" + name + "_"))
                .findFirst()
                .map(name -> "/" + name)
                .orElse("");
    }

    private static String label(RecordTable table, String name) {
        Column column = table.known(name);
        return column.field()
                .flatMap(FieldDefinition::target)
                .map(target -> target.embed())
                .orElse(name)
                .replace('_', ' ');
    }

    private static String article(String word) {
        return "aeiou".indexOf(word.charAt(0)) >= 0 ? "An" : "A";
    }
}
