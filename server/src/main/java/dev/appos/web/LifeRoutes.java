package dev.appos.web;

import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.RecordDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What can be asked of records after they were deleted: the trash, and the way back from it.
final class LifeRoutes {

    private final RecordCalls calls;
    private final RecordRoutes reads;

    LifeRoutes(RecordCalls calls) {
        this.calls = calls;
        this.reads = new RecordRoutes(calls);
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        RecordRoutes.MANY + "/trash", "A page of deleted records, for those who may delete.",
                        request -> reads.list(request, Lifecycle.ListTrash::new)),
                Route.post(
                        RecordRoutes.ONE + "/restore", "Brings a deleted record back, with all that went with it.",
                        this::restore));
    }

    private Response restore(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of());
        Input input = new Lifecycle.Restore(request.id("id"));
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        return Response.json(row).with("ETag", "\"" + row.get("version") + "\"");
    }
}
