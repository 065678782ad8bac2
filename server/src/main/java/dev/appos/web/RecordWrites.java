package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changing the record resource, in PostgREST's dialect: what [RecordRoutes] reads.
final class RecordWrites {

    private final RecordCalls calls;

    RecordWrites(RecordCalls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return Stream.of(
                        Route.post(RecordRoutes.MANY, "Adds one record or many, all or none.", this::create),
                        Route.patch(RecordRoutes.MANY, "Changes the records that a filter names.", this::updateMany),
                        Route.delete(RecordRoutes.MANY, "Removes the records that a filter names.", this::deleteMany),
                        Route.patch(RecordRoutes.ONE, "Changes fields of one record.", this::update),
                        Route.put(RecordRoutes.ONE, "Replaces the fields of one record.", this::replace),
                        Route.delete(RecordRoutes.ONE, "Removes one record.", this::delete))
                .map(Route::toGranted)
                .toList();
    }

    private Response create(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select", "columns"));
        Preferences preferences = Preferences.of(request);
        if (preferences.merges()) {
            throw Refusal.malformed(
                    "Prefer: resolution is not supported.", "Look for the record first, then POST or PATCH it.");
        }
        Object body = request.json();
        List<Map<String, Object>> rows = new ArrayList<>();
        if (body instanceof List<?> list) {
            list.forEach(row -> rows.add(listed(request, record, Json.object(row, "Each record"))));
        } else {
            rows.add(listed(request, record, Json.object(body, "The body")));
        }
        List<Map<String, Object>> made = RecordCalls.rows(calls.answer(request, record, new Input.CreateRecords(rows)));
        Response response = changed(request, record, preferences, 201, made);
        return made.size() == 1
                ? response.with("Location", request.path() + "/" + made.getFirst().get("id"))
                : response;
    }

    /// Of a row only what `columns` lists, where it is given; clients send it with every list of rows.
    private Map<String, Object> listed(Request request, RecordDefinition record, Map<String, Object> row) {
        Optional<String> listed = request.query("columns");
        if (listed.isEmpty()) {
            return row;
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String written : listed.get().split(",", -1)) {
            String column = calls.columns(request, record).known(written.strip().replace("\"", ""));
            if (row.containsKey(column)) {
                kept.put(column, row.get(column));
            }
        }
        return kept;
    }

    private Response update(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        Map<String, Object> changes = request.object();
        return updated(request, record, changes);
    }

    private Response replace(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        Set<String> fixed = calls.fixed(request, record);
        record.fields().stream().filter(field -> !fixed.contains(field.name())).forEach(field ->
                changes.put(field.name(), field.defaultValue()
                        .map(value -> Values.parse(field.type(), field.choices(), value))
                        .orElse(null)));
        changes.putAll(request.object());
        return updated(request, record, changes);
    }

    private Response updated(Request request, RecordDefinition record, Map<String, Object> changes) {
        Input input = new Input.UpdateRecord(request.id("id"), version(request), changes);
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        return Response.json(row).with("ETag", "\"" + row.get("version") + "\"");
    }

    private Response delete(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of());
        calls.answer(request, record, new Input.DeleteRecord(request.id("id"), version(request)));
        return Response.empty(204);
    }

    private Response updateMany(Request request) {
        RecordDefinition record = calls.record(request);
        Preferences preferences = Preferences.of(request);
        Input input = new Input.UpdateRecords(filter(request, record), request.object());
        return changed(request, record, preferences, 200, RecordCalls.rows(calls.answer(request, record, input)));
    }

    private Response deleteMany(Request request) {
        RecordDefinition record = calls.record(request);
        Preferences preferences = Preferences.of(request);
        Input input = new Input.DeleteRecords(filter(request, record));
        return changed(request, record, preferences, 200, RecordCalls.rows(calls.answer(request, record, input)));
    }

    /// The filter of a change of many; without one it would be a change of all.
    private Cond filter(Request request, RecordDefinition record) {
        for (String option : List.of("limit", "offset", "order")) {
            if (request.query(option).isPresent()) {
                throw Refusal.malformed(
                        option + " does not narrow a change: it would change every record that fits.",
                        "Leave it out and name the records by a filter, for example ?id=in.(1,2).");
            }
        }
        Cond where = new QueryParser(calls.columns(request, record), request.query()).where();
        if (where.equals(Query.ALL)) {
            throw Refusal.malformed(
                    request.method() + " of " + record.plural() + " needs a filter.",
                    "Write for example ?id=eq.1, or ?id=not.is.null for every record.");
        }
        return where;
    }

    /// The rows themselves when the caller wants to see them, otherwise only that it was done.
    private Response changed(
            Request request, RecordDefinition record, Preferences preferences, int status,
            List<Map<String, Object>> rows) {
        Response response = preferences.representation()
                ? Rows.response(request, record, status, Rows.only(request, calls.columns(request, record), rows))
                : Response.empty(status == 200 ? 204 : status);
        return response.with("Content-Range", preferences.count() ? "*/" + rows.size() : "*/*");
    }

    private static OptionalInt version(Request request) {
        String tag = request.header("If-Match").map(String::strip).orElse("*");
        if (tag.equals("*")) {
            return OptionalInt.empty();
        }
        String number = tag.replace("W/", "").replace("\"", "");
        if (!number.matches("\\d{1,9}")) {
            throw Refusal.malformed("If-Match: " + tag + " is no version.", "Send the ETag the record came with.");
        }
        return OptionalInt.of(Integer.parseInt(number));
    }
}
