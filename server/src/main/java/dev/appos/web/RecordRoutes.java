package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
                        Route.get(MANY, "A page of records, filtered, selected and ordered.",
                                request -> list(request, Input.ListRecords::new)),
                        Route.get(ONE, "One record, with its version as ETag.", this::get))
                .map(Route::toGranted)
                .toList());
        // Not for strangers, whatever they were granted: it names people.
        routes.add(Route.get(
                ONE + "/audit", "Who changed which field of the record, newest first.", this::history));
        return routes;
    }

    /// A page of those records that `what` asks for.
    Response list(Request request, Function<Query, Input> what) {
        RecordDefinition record = calls.record(request);
        Preferences.of(request);
        Query query = Ranges.of(request, new QueryParser(calls.columns(request, record), request.query())
                .query(Ranges.count(request)));
        Page page = (Page) calls.answer(request, record, what.apply(query));
        return Ranges.response(request, record, query, page);
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
        String tag = Tags.of(version);
        // What is embedded changes without the record's own version.
        boolean own = select.stream().allMatch(Query.Selected.Column.class::isInstance);
        return own && request.header("If-None-Match").filter(header -> Tags.none(header, tag)).isPresent()
                ? Response.empty(304).with("ETag", tag)
                : Rows.one(row).with("ETag", tag);
    }

    private Response history(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("limit"));
        int limit = new QueryParser(calls.columns(request, record), request.query()).query(Query.Count.NONE).limit();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", calls.answer(request, record, new Lifecycle.History(request.id("id"), limit)));
        answer.put("next", null);
        return Response.json(answer);
    }
}
