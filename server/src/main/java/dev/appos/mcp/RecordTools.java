package dev.appos.mcp;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Names;
import dev.appos.base.Refusal;
import dev.appos.object.Action;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import dev.appos.openapi.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The five tools of a record type.
final class RecordTools {

    /// Rows in an answer when nothing is said: a model reads every one of them.
    static final int USUAL_LIMIT = 25;

    /// More rows fill a model's context and answer no question.
    static final int LARGEST_LIMIT = 200;

    private final RecordDefinition record;
    private final String one;

    private RecordTools(RecordDefinition record) {
        this.record = record;
        this.one = Names.label(record.ref().name()).toLowerCase(Locale.ROOT);
    }

    static List<Tool> of(RecordDefinition record) {
        RecordTools tools = new RecordTools(record);
        return List.of(tools.list(), tools.get(), tools.create(), tools.update(), tools.delete());
    }

    /// The tool as it is for a caller who sees this much of the record.
    static Tool of(RecordDefinition seen, Tool tool) {
        return of(seen).stream().filter(one -> one.name().equals(tool.name())).findFirst().orElseThrow();
    }

    private Tool list() {
        Map<String, Object> schema = Schemas.object(
                Map.of(
                        "where", Map.of(
                                "type", "object",
                                "description", "Conditions that must all hold, by column: a value, or "
                                        + "{eq|ne|gt|gte|lt|lte|like|in|is: value}. Columns: " + columns()),
                        "search", Map.of("type", "string", "description", "Text to find in " + record.search()),
                        "select", Map.of("type", "array", "items", Map.of("type", "string")),
                        "order", Map.of("type", "string", "description", "column, or column.desc"),
                        "limit", Map.of("type", "integer", "minimum", 1, "maximum", LARGEST_LIMIT),
                        "offset", Map.of("type", "integer", "minimum", 0)),
                List.of());
        return tool(Action.LIST, "Lists records of type " + one + ". " + record.description(), schema, this::query);
    }

    private Input query(Map<String, Object> arguments) {
        List<Cond> conditions = new ArrayList<>();
        if (arguments.get("where") != null) {
            conditions.add(Conditions.read(Json.object(arguments.get("where"), "where")));
        }
        if (arguments.get("search") != null) {
            conditions.add(Conditions.search(record, (String) read("search", ValueType.TEXT, arguments, "")));
        }
        List<Selected> select = new ArrayList<>();
        if (arguments.get("select") != null) {
            Json.array(arguments.get("select"), "select").forEach(name ->
                    select.add(new Selected.Column(String.valueOf(name))));
        }
        String order = (String) read("order", ValueType.TEXT, arguments, "");
        List<Query.Sort> orders = order.isEmpty()
                ? List.of()
                : List.of(new Query.Sort(order.replaceFirst("\\.(asc|desc)$", ""), order.endsWith(".desc")));
        int limit = (int) read("limit", ValueType.INTEGER, arguments, USUAL_LIMIT);
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw Refusal.invalid("The list", "/limit", "range", "must be between 1 and " + LARGEST_LIMIT);
        }
        long offset = (long) read("offset", ValueType.LONG, arguments, 0L);
        if (offset < 0) {
            throw Refusal.invalid("The list", "/offset", "range", "must not be negative");
        }
        return new Input.ListRecords(new Query(select, new Cond.And(conditions), orders, limit, offset, true));
    }

    private Tool get() {
        return tool(Action.GET, "Reads one " + one + ".", Schemas.object(idOnly(), List.of("id")),
                arguments -> new Input.GetRecord(id(arguments), List.of()));
    }

    private Tool create() {
        return tool(Action.CREATE, "Adds a " + one + ".", Schemas.fields(record, true),
                arguments -> new Input.CreateRecords(List.of(arguments)));
    }

    private Tool update() {
        Map<String, Object> schema = Schemas.object(
                Map.of(
                        "id", Map.of("type", "integer"),
                        "changes", Schemas.fields(record, false),
                        "version", Map.of("type", "integer", "description", "what you last read, to be safe")),
                List.of("id", "changes"));
        return tool(Action.UPDATE, "Changes fields of one " + one + ".", schema, arguments -> {
            Object version = arguments.get("version");
            return new Input.UpdateRecord(
                    id(arguments),
                    version == null
                            ? OptionalInt.empty()
                            : OptionalInt.of((int) read("version", ValueType.INTEGER, arguments, 0)),
                    Json.object(arguments.get("changes"), "changes"));
        });
    }

    private Tool delete() {
        return tool(Action.DELETE, "Removes one " + one + ".", Schemas.object(idOnly(), List.of("id")),
                arguments -> new Input.DeleteRecord(id(arguments), OptionalInt.empty()));
    }

    private Tool tool(
            Action action, String description, Map<String, Object> schema,
            Function<Map<String, Object>, Input> input) {
        String name = record.ref().toString().replace('.', '_') + "_" + action.word();
        return new Tool(name, description, record.ref(), action, schema, Tools.knowing(schema, input));
    }

    private static Map<String, Object> idOnly() {
        return Map.of("id", Map.of("type", "integer"));
    }

    private static long id(Map<String, Object> arguments) {
        return (long) read("id", ValueType.LONG, arguments, null);
    }

    private static Object read(
            String name, ValueType type, Map<String, Object> arguments,
            @Nullable Object usual) {
        Object given = arguments.get(name);
        if (given == null && usual != null) {
            return usual;
        }
        try {
            if (given == null) {
                throw new IllegalArgumentException("must be given");
            }
            return Values.convert(type, List.of(), given);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The call", "/" + name, "type", String.valueOf(e.getMessage()));
        }
    }

    private String columns() {
        List<String> names = new ArrayList<>(List.of("id", "version", "created_at", "updated_at"));
        record.fields().forEach(field -> names.add(field.name()));
        return String.join(", ", names);
    }
}
