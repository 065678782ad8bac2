package dev.appos.ui;

import dev.appos.base.Names;
import dev.appos.dispatch.Permit;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Limits;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The form behind a record: its fields in the author's order, with what the server will check, so that a person hears
/// of a slip at once. The server decides again on every save.
final class FormView {

    /// Longer texts get several lines.
    private static final int LONGEST_LINE = 200;

    private final Permit permit;
    private final RecordDefinition record;

    /// @param record with the fields the viewer may see
    FormView(Permit permit, RecordDefinition record) {
        this.permit = permit;
        this.record = record;
    }

    /// @param writable whether the viewer may create or change such records at all
    Map<String, Object> form(boolean writable) {
        Set<String> fixed = permit.visible().fixed(record);
        return Map.of("fields", record.fields().stream()
                .map(field -> field(field, writable && !fixed.contains(field.name())))
                .toList());
    }

    private Map<String, Object> field(FieldDefinition field, boolean writable) {
        Limits limits = field.limits();
        Optional<Map<String, Object>> reference = TableView.reference(permit, field);
        boolean reachable = field.target().isEmpty() || reference.isPresent();
        Map<String, Object> props = new LinkedHashMap<>();
        props.put("name", field.name());
        props.put("label", TableView.label(field));
        props.put("type", reachable ? type(field) : "integer");
        props.put("required", field.mustBeGiven());
        props.put("readonly", !writable || !reachable || field.readOnly());
        field.defaultValue().ifPresent(value -> props.put("default", value));
        limits.maxLength().ifPresent(max -> props.put("max_length", max));
        limits.min().ifPresent(min -> props.put("min", min.value()));
        limits.max().ifPresent(max -> props.put("max", max.value()));
        limits.digits().ifPresent(digits -> props.put("decimals", digits.fraction()));
        limits.pattern().ifPresent(pattern -> {
            props.put("pattern", pattern.regex());
            props.put("message", pattern.message());
        });
        if (field.type() == ValueType.CHOICE) {
            props.put("options", field.choices().stream().map(FormView::option).toList());
        }
        reference.ifPresent(found -> props.put("reference", found));
        return props;
    }

    private static Map<String, Object> option(String choice) {
        return Map.of("value", choice, "label", Names.label(choice.toLowerCase(Locale.ROOT)));
    }

    private static String type(FieldDefinition field) {
        return switch (field.type()) {
            case TEXT -> {
                if (field.limits().email()) {
                    yield "email";
                }
                yield field.limits().maxLength().orElse(0) > LONGEST_LINE ? "textarea" : "text";
            }
            case INTEGER, LONG -> "integer";
            case DECIMAL -> "decimal";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case INSTANT -> "time";
            case CHOICE -> "select";
            case TIME, DURATION, UUID -> "text";
            case LIST, MAP -> "json";
            case REFERENCE -> "reference";
        };
    }
}
