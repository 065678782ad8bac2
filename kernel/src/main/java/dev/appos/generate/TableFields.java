package dev.appos.generate;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Limits;
import dev.appos.object.Limits.Digits;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Reads from PostgreSQL's catalog what fields a record of a table's rows would have.
public final class TableFields {

    private static final String COLUMNS = """
            select a.attname,
                   format_type(t.oid, case own.typtype when 'd' then own.typtypmod else a.atttypmod end),
                   a.attnotnull, t.typtype = 'e',
                   array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder),
                   exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary
                           and i.indnkeyatts = 1 and a.attnum = any(i.indkey)),
                   exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null
                           and i.indnkeyatts = 1 and a.attnum = any(i.indkey)),
                   (select f.relname from pg_constraint k join pg_class f on f.oid = k.confrelid
                    where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_type own on own.oid = a.atttypid
            join pg_type t on t.oid = case own.typtype when 'd' then own.typbasetype else own.oid end
            where c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'v', 'm', 'f') order by a.attnum""";

    /// A table's name, with its schema or not; each plain or in quotes.
    private static final Pattern NAME =
            Pattern.compile("(?:(?:[A-Za-z_][\\w$]{0,62}|\"[^\"]{1,63}\")(?:\\.(?!$)|$)){1,2}");

    private static final Pattern TYPE = Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( with.*)?(\\[])?");

    private TableFields() {}

    /// A field for each column, but for a key of one column and what the platform keeps itself.
    ///
    /// @param record  what the rows shall become
    /// @param table   with its schema: `public.customers`
    /// @param records those that are there to be referred to
    /// @throws Refusal if there is no such table, or none that may be read
    public static List<FieldDefinition> read(DSLContext sql, Ref record, String table, Set<Ref> records) {
        List<FieldDefinition> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (!NAME.matcher(table).matches()) {
            throw missing(table);
        }
        List<Record> columns = sql.fetch(COLUMNS, table);
        for (Record column : columns) {
            String written = column.get(0, String.class);
            if (!column.get(5, Boolean.class)
                    && !dev.appos.object.RecordDefinition.SYSTEM_COLUMNS.contains(written)) {
                fields.add(field(record, column, CsvFields.name(written, fields.size() + 1, taken), records));
            }
        }
        if (fields.isEmpty()) {
            throw missing(table);
        }
        return fields;
    }

    private static Refusal missing(String table) {
        return Refusal.notFound("table called " + table,
                "Name one that can be read, with its schema, and with columns beside its key: public.customers.");
    }

    private static FieldDefinition field(Ref record, Record column, String name, Set<Ref> records) {
        FieldTraits traits = new FieldTraits(column.get(2, Boolean.class), column.get(6, Boolean.class));
        String leads = column.get(7, String.class);
        Optional<Ref> to = records.stream()
                .filter(each -> leads != null && each.app().equals(record.app()))
                .filter(each -> each.name().equals(leads) || Names.plural(each.name()).equals(leads)).findFirst();
        if (to.isPresent()) {
            String embed = name.endsWith("Id") ? name.substring(0, name.length() - 2) : name;
            return FieldSpecs.reference(embed, to.get(), ReferentialAction.RESTRICT).with(traits);
        }
        String[] labels = column.get(4, String[].class);
        boolean choice = column.get(3, Boolean.class)
                && List.of(labels).stream().allMatch(label -> label.matches("[A-Za-z_]\\w*")
                        && javax.lang.model.SourceVersion.isName(label));
        if (choice) {
            return FieldDefinition.of(Names.snake(name), name, ValueType.CHOICE).with(traits).among(List.of(labels));
        }
        return typed(FieldDefinition.of(Names.snake(name), name, ValueType.TEXT).with(traits),
                column.get(1, String.class));
    }

    private static FieldDefinition typed(FieldDefinition field, String format) {
        Matcher type = TYPE.matcher(format);
        if (!type.matches()) {
            return field;
        }
        ValueType value = switch (type.group(1)) {
            case "smallint", "integer" -> ValueType.INTEGER;
            case "bigint" -> ValueType.LONG;
            case "numeric", "money", "real", "double precision" -> ValueType.DECIMAL;
            case "boolean" -> ValueType.BOOLEAN;
            case "date" -> ValueType.DATE;
            case "timestamp" -> ValueType.INSTANT;
            case "time" -> ValueType.TIME;
            case "interval" -> ValueType.DURATION;
            case "uuid" -> ValueType.UUID;
            case "json", "jsonb" -> ValueType.MAP;
            default -> ValueType.TEXT;
        };
        FieldDefinition typed = FieldDefinition.of(field.name(), field.accessor(), value)
                .with(value == ValueType.MAP ? new FieldTraits(field.required(), false) : field.traits());
        if (type.group(5) != null) {
            return FieldDefinition.of(field.name(), field.accessor(), ValueType.LIST)
                    .with(new FieldTraits(field.required(), false))
                    .listOf(value == ValueType.MAP ? ValueType.TEXT : value);
        }
        Optional<Integer> first = Optional.ofNullable(type.group(2)).map(Integer::valueOf);
        if (value == ValueType.DECIMAL && type.group(1).equals("numeric") && first.isPresent()) {
            int fraction = Optional.ofNullable(type.group(3)).map(Integer::valueOf).orElse(0);
            return typed.with(FieldSpecs.digits(new Digits(first.get() - fraction, fraction)));
        }
        boolean limited = value == ValueType.TEXT && format.startsWith("character") && first.isPresent();
        return !limited ? typed : typed.with(new Limits(
                false, false, OptionalInt.empty(), OptionalInt.of(first.get()), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
