package dev.appos.generate;

import static dev.appos.generate.JavaText.annotation;
import static dev.appos.generate.JavaText.quoted;
import static dev.appos.generate.JavaText.texts;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.Limits.Bound;
import dev.appos.object.Origin;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes a record type as its author would.
final class ModelSource {

    private static final String INDENT = "        ";

    private ModelSource() {}

    static String write(RecordDefinition record) {
        String fields = record.fields().stream()
                .map(field -> INDENT + component(field, record.ref().app()))
                .collect(Collectors.joining(",\n"));
        String enums = record.fields().stream()
                .filter(field -> field.type() == ValueType.CHOICE)
                .map(field -> "\n    enum " + Names.capital(field.accessor()) + " { "
                        + String.join(", ", field.choices()) + " }\n")
                .collect(Collectors.joining());
        return annotation("Record", head(record)) + "\nrecord "
                + Names.capital(Names.camel(record.ref().name())) + "(\n" + fields + ") {"
                + (enums.isEmpty() ? "}" : "\n" + enums + "}") + "\n";
    }

    private static List<String> head(RecordDefinition record) {
        List<String> pairs = new ArrayList<>();
        if (record.audit()) {
            pairs.add("audit = true");
        }
        for (Permission permission
                : List.of(Permission.VIEW, Permission.CREATE, Permission.UPDATE, Permission.DELETE)) {
            List<String> groups = record.access().of(permission).stream().sorted().toList();
            if (!groups.isEmpty()) {
                pairs.add(permission.word() + " = " + texts(groups));
            }
        }
        if (!record.display().isEmpty()) {
            pairs.add("display = " + texts(accessors(record, record.display())));
        }
        if (!record.search().isEmpty()) {
            pairs.add("search = " + texts(accessors(record, record.search())));
        }
        record.unique().forEach(set -> pairs.add("unique = " + quoted(String.join(", ", accessors(record, set)))));
        return pairs;
    }

    private static List<String> accessors(RecordDefinition record, List<String> columns) {
        return columns.stream().flatMap(column -> record.field(column).stream())
                .map(FieldDefinition::accessor).toList();
    }

    private static String component(FieldDefinition field, String app) {
        List<String> words = new ArrayList<>();
        if (field.required() && !primitive(field)) {
            words.add(field.type() == ValueType.TEXT ? "@NotBlank" : "@NotNull");
        }
        if (field.unique()) {
            words.add("@Unique");
        }
        if (field.origin() instanceof Origin.Literal(String written)) {
            words.add("@Default(" + quoted(written) + ")");
        }
        words.addAll(limits(field));
        field.target().ifPresent(to -> words.add(to.onDelete() == ReferentialAction.RESTRICT
                ? "@BelongsTo" : "@BelongsTo(onDelete = " + to.onDelete() + ")"));
        words.add(javaType(field, app));
        words.add(field.accessor());
        return String.join(" ", words);
    }

    private static List<String> limits(FieldDefinition field) {
        Limits limits = field.limits();
        List<String> words = new ArrayList<>();
        if (limits.email()) {
            words.add("@Email");
        }
        limits.maxLength().ifPresent(longest -> words.add("@Size(max = " + longest + ")"));
        bound("Min", "DecimalMin", limits.min()).ifPresent(words::add);
        bound("Max", "DecimalMax", limits.max()).ifPresent(words::add);
        limits.digits().ifPresent(digits -> words.add(
                "@Digits(integer = " + digits.integer() + ", fraction = " + digits.fraction() + ")"));
        return words;
    }

    private static Optional<String> bound(String whole, String exact, Optional<Bound> bound) {
        return bound.map(each -> each.value().stripTrailingZeros().scale() <= 0
                ? "@" + whole + "(" + each.value().toBigInteger() + ")"
                : "@" + exact + "(" + quoted(each.value().toPlainString()) + ")");
    }

    private static boolean primitive(FieldDefinition field) {
        return field.required() && switch (field.type()) {
            case INTEGER, LONG, BOOLEAN -> true;
            case TEXT, DECIMAL, DATE, INSTANT, TIME, DURATION, UUID, CHOICE, LIST, MAP, REFERENCE -> false;
        };
    }

    private static String javaType(FieldDefinition field, String app) {
        return switch (field.type()) {
            case INTEGER, LONG, BOOLEAN -> primitive(field)
                    ? plain(field.type()).replace("Integer", "int").toLowerCase(java.util.Locale.ROOT)
                    : plain(field.type());
            case CHOICE -> Names.capital(field.accessor());
            case LIST -> "List<" + plain(field.element().orElseThrow()) + ">";
            case REFERENCE -> JavaText.type(field.target().orElseThrow().record(), app);
            case TEXT, DECIMAL, DATE, INSTANT, TIME, DURATION, UUID, MAP -> plain(field.type());
        };
    }

    /// The class that holds a value of this type.
    static String plain(ValueType type) {
        return switch (type) {
            case TEXT, CHOICE -> "String";
            case INTEGER -> "Integer";
            case LONG, REFERENCE -> "Long";
            case DECIMAL -> "BigDecimal";
            case BOOLEAN -> "Boolean";
            case DATE -> "LocalDate";
            case INSTANT -> "Instant";
            case TIME -> "LocalTime";
            case DURATION -> "Duration";
            case UUID -> "UUID";
            case LIST -> "List<Object>";
            case MAP -> "Map<String, Object>";
        };
    }
}
