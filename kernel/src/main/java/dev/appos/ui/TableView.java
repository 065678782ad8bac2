package dev.appos.ui;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A table of records as the browser needs it: where the rows are, how each column reads, what the viewer may do, and
/// the form behind a row.
final class TableView {

    private final Permit permit;

    /// With every field: the author may name any, and those the viewer may not see are passed over.
    private final RecordDefinition whole;

    private final RecordDefinition record;

    TableView(Permit permit, RecordDefinition record) {
        this.permit = permit;
        this.whole = record;
        this.record = permit.visible().seen(record);
    }

    /// The complete properties, given those the author stated.
    Map<String, Object> props(Map<String, Object> stated) {
        List<?> names = (List<?>) stated.get("columns");
        List<FieldDefinition> shown = names.isEmpty()
                ? record.display().stream().flatMap(column -> record.field(column).stream()).toList()
                : names.stream().map(name -> field((String) name)).toList();
        boolean create = may(Permission.CREATE);
        boolean update = may(Permission.UPDATE);
        Map<String, Object> props = new LinkedHashMap<>();
        props.put("record", record.ref().toString());
        props.put("src", address(record));
        props.put("singular", Names.label(record.ref().name()).toLowerCase(Locale.ROOT));
        props.put("plural", Names.label(record.plural()));
        props.put("columns", shown.stream().filter(this::visible).map(this::column).toList());
        props.put("search", Boolean.TRUE.equals(stated.get("searchable")) ? record.search() : List.of());
        String order = (String) stated.get("order");
        if (!order.isEmpty() && record.field(field(order).name()).isPresent()) {
            props.put("order", field(order).name());
        }
        props.put("page_size", stated.get("page_size"));
        props.put("can", Map.of("create", create, "update", update, "delete", may(Permission.DELETE)));
        props.put("audit", record.audit());
        props.put("display", record.display());
        props.put("form", new FormView(permit, record).form(create || update));
        return props;
    }

    private Map<String, Object> column(FieldDefinition field) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("key", field.target().map(target -> target.embed()).orElse(field.name()));
        column.put("label", label(field));
        column.put("kind", kind(field));
        column.put("sortable", !field.type().json() && field.target().isEmpty());
        reference(permit, field).ifPresent(reference -> column.put("reference", reference));
        return column;
    }

    /// What a person reads over the column: `Support rep`.
    static String label(FieldDefinition field) {
        return Names.label(field.target().map(target -> target.embed()).orElse(field.name()));
    }

    /// Where the records a reference leads to are found and how they are named; empty when the viewer may not see them.
    static Optional<Map<String, Object>> reference(Permit permit, FieldDefinition field) {
        return field.target()
                .filter(target -> permit.allows(target.record(), Permission.VIEW))
                .flatMap(target -> permit.snapshot().find(target.record()))
                .map(RecordDefinition.class::cast)
                .map(permit.visible()::seen)
                .map(other -> Map.of(
                        "name", other.ref().toString(),
                        "src", address(other),
                        "display", other.display(),
                        "search", other.search().isEmpty() ? other.display() : other.search()));
    }

    /// The record resource.
    static String address(RecordDefinition record) {
        return "/api/" + record.ref().app() + "/v1/" + record.plural();
    }

    private static String kind(FieldDefinition field) {
        return switch (field.type()) {
            case TEXT -> field.limits().email() ? "email" : "text";
            case INTEGER, LONG -> "number";
            case DECIMAL -> "decimal";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case INSTANT -> "time";
            case CHOICE -> "status";
            case TIME, DURATION, UUID -> "text";
            case LIST, MAP -> "json";
            case REFERENCE -> "reference";
        };
    }

    private boolean visible(FieldDefinition field) {
        return record.field(field.name()).isPresent()
                && field.target().map(target -> permit.allows(target.record(), Permission.VIEW)).orElse(true);
    }

    private boolean may(Permission permission) {
        return permit.allows(record.ref(), permission);
    }

    private FieldDefinition field(String accessor) {
        return whole.fields().stream()
                .filter(field -> field.accessor().equals(accessor))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = new ArrayList<>();
                    whole.fields().forEach(field -> known.add(field.accessor()));
                    return new IllegalStateException(
                            record.ref() + " has no field " + accessor + ". " + Nearest.remedy(accessor, known));
                });
    }
}
