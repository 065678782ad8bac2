package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Permission;
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

/// The record resource, in PostgREST's dialect so that its clients work: `/api/{app}/v1/{records}`, and `/{id}` below.
final class RecordRoutes {

    private static final String MANY = "/api/{app}/v1/{records}";
    private static final String ONE = MANY + "/{id}";

    private final Calls calls;

    RecordRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(Stream.of(
                        Route.get(MANY, "A page of records, filtered, selected and ordered.", this::list),
                        Route.post(MANY, "Adds one record or many, all or none.", this::create),
                        Route.patch(MANY, "Changes the records that a filter names.", this::updateMany),
                        Route.delete(MANY, "Removes the records that a filter names.", this::deleteMany),
                        Route.get(ONE, "One record, with its version as ETag.", this::get),
                        Route.patch(ONE, "Changes fields of one record.", this::update),
                        Route.put(ONE, "Replaces the fields of one record.", this::replace),
                        Route.delete(ONE, "Removes one record.", this::delete))
                .map(Route::toGranted)
                .toList());
        // Not for strangers, whatever they were granted: it names people.
        routes.add(Route.get(
                ONE + "/audit", "Who changed which field of the record, newest first.", this::history));
        return routes;
    }

    private Response list(Request request) {
        RecordDefinition record = record(request);
        Preferences preferences = Preferences.of(request);
        Query query = ranged(request, new QueryParser(columns(request, record), request.query())
                .query(preferences.count()));
        Page page = (Page) answer(request, record, new Input.ListRecords(query));
        long last = query.offset() + page.rows().size() - 1;
        String range = page.rows().isEmpty() ? "*" : query.offset() + "-" + last;
        boolean partial = page.total().isPresent() && page.rows().size() < page.total().getAsLong();
        String total = page.total().isPresent() ? String.valueOf(page.total().getAsLong()) : "*";
        Response response = Rows.response(request, record, partial ? 206 : 200, page.rows());
        return response.with("Content-Range", range + "/" + total);
    }

    /// `Range: 0-24` as another way to say limit and offset.
    private static Query ranged(Request request, Query query) {
        String range = request.header("Range").orElse("");
        if (!range.matches("\\d{1,15}-\\d{0,15}")) {
            return query;
        }
        String[] bounds = range.split("-", -1);
        long first = Long.parseLong(bounds[0]);
        long most = bounds[1].isEmpty() ? query.limit() : Long.parseLong(bounds[1]) - first + 1;
        if (most < 0 || most > Query.LARGEST_PAGE) {
            throw Refusal.malformed(
                    "The Range " + range + " is not understood.",
                    "Ask for at most " + Query.LARGEST_PAGE + " rows, for example 0-24.");
        }
        return new Query(query.select(), query.where(), query.order(), (int) most, first, query.total());
    }

    private Response get(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of("select"));
        List<Query.Selected> select = new QueryParser(columns(request, record), request.query()).select();
        Map<String, Object> row = row(answer(request, record, new Input.GetRecord(request.id("id"), select)));
        Object version = row.get("version");
        if (version == null) {
            return Rows.one(row);
        }
        String tag = "\"" + version + "\"";
        return request.header("If-None-Match").filter(tag::equals).isPresent()
                ? Response.empty(304).with("ETag", tag)
                : Rows.one(row).with("ETag", tag);
    }

    private Response create(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of("select", "columns"));
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
        List<Map<String, Object>> made = rows(answer(request, record, new Input.CreateRecords(rows)));
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
            String column = columns(request, record).known(written.strip().replace("\"", ""));
            if (row.containsKey(column)) {
                kept.put(column, row.get(column));
            }
        }
        return kept;
    }

    private Response update(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of("select"));
        Map<String, Object> changes = request.object();
        return updated(request, record, changes);
    }

    private Response replace(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of("select"));
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        Set<String> fixed = calls.visible(request).fixed(record);
        record.fields().stream().filter(field -> !fixed.contains(field.name())).forEach(field ->
                changes.put(field.name(), field.defaultValue()
                        .map(value -> Values.parse(field.type(), field.choices(), value))
                        .orElse(null)));
        changes.putAll(request.object());
        return updated(request, record, changes);
    }

    private Response updated(Request request, RecordDefinition record, Map<String, Object> changes) {
        Input input = new Input.UpdateRecord(request.id("id"), version(request), changes);
        Map<String, Object> row = row(answer(request, record, input));
        return Response.json(row).with("ETag", "\"" + row.get("version") + "\"");
    }

    private Response delete(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of());
        answer(request, record, new Input.DeleteRecord(request.id("id"), version(request)));
        return Response.empty(204);
    }

    private Response updateMany(Request request) {
        RecordDefinition record = record(request);
        Preferences preferences = Preferences.of(request);
        Input input = new Input.UpdateRecords(filter(request, record), request.object());
        return changed(request, record, preferences, 200, rows(answer(request, record, input)));
    }

    private Response deleteMany(Request request) {
        RecordDefinition record = record(request);
        Preferences preferences = Preferences.of(request);
        Input input = new Input.DeleteRecords(filter(request, record));
        return changed(request, record, preferences, 200, rows(answer(request, record, input)));
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
        Cond where = new QueryParser(columns(request, record), request.query()).where();
        if (where.equals(Query.ALL)) {
            throw Refusal.malformed(
                    request.method() + " of " + record.plural() + " needs a filter.",
                    "Write for example ?id=eq.1, or ?id=not.is.null for every record.");
        }
        return where;
    }

    private Response history(Request request) {
        RecordDefinition record = record(request);
        onlyOptions(request, record, Set.of("limit"));
        int limit = new QueryParser(columns(request, record), request.query()).query(false).limit();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", answer(request, record, new Input.History(request.id("id"), limit)));
        answer.put("next", null);
        return Response.json(answer);
    }

    /// The rows themselves when the caller wants to see them, otherwise only that it was done.
    private Response changed(
            Request request, RecordDefinition record, Preferences preferences, int status,
            List<Map<String, Object>> rows) {
        Response response = preferences.representation()
                ? Rows.response(request, record, status, Rows.only(request, columns(request, record), rows))
                : Response.empty(status == 200 ? 204 : status);
        return response.with("Content-Range", preferences.count() ? "*/" + rows.size() : "*/*");
    }

    /// The record type behind the address.
    ///
    /// A caller who may not see it hears what he hears of an address that does not exist, and before anything of the
    /// request is read: a fault in a filter would give away that the columns are known. Of its fields only those are
    /// there that he may see.
    private RecordDefinition record(Request request) {
        RecordDefinition record = calls.snapshot()
                .resource(request.param("app"), request.param("records"))
                .orElseThrow(() -> Calls.nothing(request));
        if (!calls.allows(request, record, Permission.VIEW)) {
            // Made all the same, so that the refusal is decided, audited and traced in the one place.
            calls.call(request, record.ref(), new Input.ListRecords(Query.first(0)));
        }
        return calls.visible(request).seen(record);
    }

    private Columns columns(Request request, RecordDefinition record) {
        return new Columns(record, name -> record.embedded(name)
                .flatMap(FieldDefinition::target)
                .flatMap(target -> calls.snapshot().find(target.record()))
                .filter(other -> calls.allows(request, other, Permission.VIEW))
                .isPresent());
    }

    private Object answer(Request request, RecordDefinition record, Input input) {
        Ref ref = record.ref();
        Object answer = calls.call(request, ref, input);
        if (answer == null) {
            throw new IllegalStateException(ref + " answered nothing to " + input.action());
        }
        return answer;
    }

    private void onlyOptions(Request request, RecordDefinition record, Set<String> known) {
        request.query().keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw columns(request, record).unknown(name);
        });
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

    @SuppressWarnings("unchecked") // the answers of the record engine, as Input says
    private static Map<String, Object> row(Object answer) {
        return (Map<String, Object>) answer;
    }

    @SuppressWarnings("unchecked") // the answers of the record engine, as Input says
    private static List<Map<String, Object>> rows(Object answer) {
        return (List<Map<String, Object>>) answer;
    }
}
