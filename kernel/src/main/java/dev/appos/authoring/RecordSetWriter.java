package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Optional;

/// Writes `CustomerRecords`: the typed access to one record. Every type is written in full, so that no name of an app
/// can stand in its way.
final class RecordSetWriter {

    /// What the platform keeps of every record.
    private static final String PLATFORM_FIELDS = """
                        public dev.appos.api.LongField id() { return new dev.appos.api.LongField(path + "id"); }
                        public dev.appos.api.InstantField createdAt() {
                            return new dev.appos.api.InstantField(path + "created_at");
                        }
                        public dev.appos.api.InstantField updatedAt() {
                            return new dev.appos.api.InstantField(path + "updated_at");
                        }
                        public dev.appos.api.TextField createdBy() {
                            return new dev.appos.api.TextField(path + "created_by");
                        }
                        public dev.appos.api.TextField updatedBy() {
                            return new dev.appos.api.TextField(path + "updated_by");
                        }
            """;

    private final Shape shape;
    private final TypeNames types;
    private final BackReferences backward;

    RecordSetWriter(Shape shape) {
        this.shape = shape;
        this.types = new TypeNames(shape);
        this.backward = new BackReferences(shape);
    }

    String write(Shape.RecordShape record) {
        StringBuilder reads = new StringBuilder();
        StringBuilder fields = new StringBuilder();
        StringBuilder changes = new StringBuilder();
        for (Shape.ComponentShape component : record.components()) {
            reads.append(reads.isEmpty() ? "" : ",").append("\n                ").append(read(record, component));
            accessors(record, component, fields, changes);
        }
        backward.of(record).forEach((name, from) -> fields.append("""
                        public %1$s.%2$sRecords.Many %3$s() {
                            return new %1$s.%2$sRecords.Many(path + "id", "%4$s");
                        }
                """.formatted(from.record().file().app(), from.record().name(), name, from.component().column())));
        links(record, changes);
        return """
                package %1$s;

                /// Typed access to %2$s.
                @dev.appos.api.ObjectRef("%3$s")
                public final class %4$sRecords
                        extends dev.appos.api.RecordSet<%1$s.%4$s, %4$sRecords.Fields, %4$sRecords.Change> {
                    %4$sRecords() { super("%3$s", new Fields(""), Change::new); }

                    @Override protected %1$s.%4$s read(java.util.Map<java.lang.String, java.lang.Object> row) {
                        return from(row);
                    }

                    static void see(java.lang.String column) { see("%3$s", column); }

                    @SuppressWarnings("unchecked") // a row holds what its columns say
                    public static %1$s.%4$s from(java.util.Map<java.lang.String, java.lang.Object> row) {
                        return new %1$s.%4$s(%5$s);
                    }

                    public static final class Fields {
                        private final java.lang.String path;
                        public Fields(java.lang.String path) { this.path = path; }
                %8$s%6$s    }

                    /// Those that refer to one record.
                    @dev.appos.api.ObjectRef("%3$s")
                    public static final class Many extends dev.appos.api.Many<Fields> {
                        public Many(java.lang.String path, java.lang.String column) {
                            super("%3$s", path, column, new Fields(""));
                        }
                    }

                    public static final class Change extends dev.appos.api.Change {
                %7$s    }
                }
                """.formatted(record.file().app(), record.file().path(), record.ref(), record.name(), reads, fields,
                changes, PLATFORM_FIELDS);
    }

    private void accessors(
            Shape.RecordShape record, Shape.ComponentShape component, StringBuilder fields, StringBuilder changes) {
        if (component.belongsTo()) {
            reference(record, component, fields, changes);
        } else if (types.ofComponent(record, component).equals(ValueShape.MONEY)) {
            money(component, fields, changes);
        } else {
            ValueShape.of(types.ofComponent(record, component), shape).ifPresent(value -> {
                fields.append(field(component.name(), component.column(), value));
                if (!component.readOnly()) {
                    changes.append(change(component.name(), component.column(), value));
                }
            });
        }
    }

    private static void money(Shape.ComponentShape component, StringBuilder fields, StringBuilder changes) {
        String currency = Names.snake(component.currency());
        fields.append(field(component.name(), component.column(), ValueShape.AMOUNT));
        fields.append(field(component.currency(), currency, new ValueShape(
                ValueType.TEXT, "java.lang.String", false, Optional.empty(), List.of())));
        changes.append("""
                        public Change %1$s(dev.appos.api.Money value) {
                            put("%2$s", value == null ? null : value.amount());
                            put("%3$s", value == null ? null : value.currency());
                            return this;
                        }
                """.formatted(component.name(), component.column(), currency));
    }

    /// Links are written with the record that declares them.
    private void links(Shape.RecordShape record, StringBuilder changes) {
        for (Shape.RelationShape relation : record.relations()) {
            Optional<Shape.RecordShape> other = shape.record(types.ofRelation(record, relation));
            if (relation.word().equals("ManyToMany") && other.isPresent()) {
                String name = relation.text("name").isEmpty()
                        ? Names.camel(Names.plural(other.get().object())) : relation.text("name");
                changes.append("""
                                public Change %1$s(java.util.List<java.lang.Long> ids) {
                                    put("%2$s", ids);
                                    return this;
                                }
                        """.formatted(name, Names.snake(name)));
            }
        }
    }

    /// One argument of the author's constructor.
    private String read(Shape.RecordShape record, Shape.ComponentShape component) {
        String type = types.ofComponent(record, component);
        if (component.belongsTo()) {
            String embed = component.column().substring(0, component.column().length() - "_id".length());
            return target(record, component)
                    .map(to -> "row.get(\"%s\") instanceof java.util.Map<?, ?> m%s ? %s.%sRecords.from("
                            .formatted(embed, component.name(), to.file().app(), to.name())
                            + "(java.util.Map<java.lang.String, java.lang.Object>) m" + component.name() + ") : null")
                    .orElse("null");
        }
        if (type.equals(ValueShape.MONEY)) {
            return "dev.appos.api.Money.from(row.get(\"%s\"), row.get(\"%s\"))"
                    .formatted(component.column(), Names.snake(component.currency()));
        }
        Optional<ValueShape> value = ValueShape.of(type, shape);
        if (value.isEmpty()) {
            return "(" + type + ") (java.lang.Object) row.get(\"" + component.column() + "\")";
        }
        if (value.get().type() == ValueType.CHOICE) {
            return "row.get(\"%s\") instanceof java.lang.String c%s ? %s.valueOf(c%2$s) : null"
                    .formatted(component.column(), component.name(), type);
        }
        if (value.get().element().map(element -> element.type() != ValueType.TEXT).orElse(false)) {
            return "row.get(\"%s\") instanceof java.util.List<?> l%s ? l%2$s.stream().map(e -> %s).toList() : null"
                    .formatted(component.column(), component.name(), element(value.get().element().orElseThrow()));
        }
        return "(" + value.get().java() + ") row.get(\"" + component.column() + "\")";
    }

    /// An element of a list as it stands in JSON, as the Java value it was.
    private static String element(ValueShape element) {
        return switch (element.type()) {
            case TEXT -> "(java.lang.String) e";
            case CHOICE -> element.java() + ".valueOf((java.lang.String) e)";
            case INTEGER -> "((java.lang.Number) e).intValue()";
            case LONG, REFERENCE -> "((java.lang.Number) e).longValue()";
            case DECIMAL -> "new java.math.BigDecimal(e.toString())";
            case BOOLEAN -> "(java.lang.Boolean) e";
            case DATE, INSTANT, TIME, DURATION -> element.java() + ".parse((java.lang.String) e)";
            case UUID -> "java.util.UUID.fromString((java.lang.String) e)";
            case LIST, MAP -> "(" + element.java() + ") e";
        };
    }

    private void reference(
            Shape.RecordShape record, Shape.ComponentShape component, StringBuilder fields, StringBuilder changes) {
        String name = component.name() + "Id";
        ValueShape id = new ValueShape(ValueType.REFERENCE, "java.lang.Long", false, Optional.empty(),
                List.of());
        fields.append(field(name, component.column(), id));
        changes.append(change(name, component.column(), id));
        String embed = component.column().substring(0, component.column().length() - "_id".length());
        target(record, component).ifPresent(to -> fields.append("""
                        public %1$s.%2$sRecords.Fields %3$s() {
                            return new %1$s.%2$sRecords.Fields(path + "%4$s.");
                        }
                """.formatted(to.file().app(), to.name(), component.name(), embed)));
    }

    private Optional<Shape.RecordShape> target(Shape.RecordShape record, Shape.ComponentShape component) {
        return shape.record(types.ofComponent(record, component));
    }

    private static String field(String name, String column, ValueShape value) {
        String type = switch (value.type()) {
            case TEXT -> "TextField";
            case DECIMAL -> "DecimalField";
            case LONG, REFERENCE -> "LongField";
            case INTEGER -> "NumberField<" + value.java() + ">";
            case BOOLEAN -> "BooleanField";
            case DATE -> "DateField";
            case INSTANT -> "InstantField";
            case CHOICE -> "ChoiceField<" + value.java() + ">";
            case TIME, DURATION, UUID -> "OrderedField<" + value.java() + ">";
            case LIST, MAP -> "Field<" + value.java() + ">";
        };
        String more = value.type() == ValueType.CHOICE ? ", " + value.java() + ".class" : "";
        return """
                        public dev.appos.api.%1$s %2$s() { return new dev.appos.api.%1$s(path + "%3$s"%4$s); }
                """.formatted(type, name, column, more);
    }

    /// A `long` besides the `Long` lets an author write `5`, a text besides the decimal lets them write `"0.10"`.
    private static String change(String name, String column, ValueShape value) {
        String setter = """
                        public Change %1$s(%2$s value) { put("%3$s", value); return this; }
                """;
        String more = switch (value.type()) {
            case LONG, REFERENCE -> setter.formatted(name, "long", column);
            case DECIMAL -> """
                        public Change %1$s(java.lang.String value) {
                            return %1$s(value == null ? null : new java.math.BigDecimal(value));
                        }
                        public Change %1$s(long value) { return %1$s(java.math.BigDecimal.valueOf(value)); }
                """.formatted(name).replace("? null :", "? (java.math.BigDecimal) null :");
            case TEXT, INTEGER, BOOLEAN, DATE, INSTANT, TIME, DURATION, UUID, CHOICE, LIST, MAP -> "";
        };
        return setter.formatted(name, value.java(), column) + more;
    }
}
