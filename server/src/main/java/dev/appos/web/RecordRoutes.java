package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reading the record resource, in PostgREST's dialect so that its clients work: `/api/{app}/v1/{records}`, and `/{id}`
/// below. [RecordWrites] changes it.
final class RecordRoutes {

    static final String MANY = "/api/{app}/v1/{records}";
    static final String ONE = MANY + "/{id}";

    private final RecordCalls calls;

    RecordRoutes(RecordCalls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(Stream.of(
                        Route.get(MANY, "A page of records, filtered, selected and ordered.", this::list),
                        Route.get(ONE, "One record, with its version as ETag.", this::get))
                .map(Route::toGranted)
                .toList());
        // Not for strangers, whatever they were granted: it names people.
        routes.add(Route.get(
                ONE + "/audit", "Who changed which field of the record, newest first.", this::history));
        return routes;
    }

    private Response list(Request request) {
        RecordDefinition record = calls.record(request);
        Preferences preferences = Preferences.of(request);
        Query query = ranged(request, new QueryParser(calls.columns(request, record), request.query())
                .query(preferences.count()));
        Page page = (Page) calls.answer(request, record, new Input.ListRecords(query));
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
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        List<Query.Selected> select = new QueryParser(calls.columns(request, record), request.query()).select();
        Input input = new Input.GetRecord(request.id("id"), select);
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        Object version = row.get("version");
        if (version == null) {
            return Rows.one(row);
        }
        String tag = "\"" + version + "\"";
        return request.header("If-None-Match").filter(tag::equals).isPresent()
                ? Response.empty(304).with("ETag", tag)
                : Rows.one(row).with("ETag", tag);
    }

    private Response history(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("limit"));
        int limit = new QueryParser(calls.columns(request, record), request.query()).query(false).limit();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", calls.answer(request, record, new Input.History(request.id("id"), limit)));
        answer.put("next", null);
        return Response.json(answer);
    }
}
