package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Changing one record at its own address.
final class RecordEdits {

    private final RecordCalls calls;

    RecordEdits(RecordCalls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return Stream.of(
                        Route.patch(RecordRoutes.ONE, "Changes fields of one record.", this::update),
                        Route.put(RecordRoutes.ONE, "Replaces the fields of one record.", this::replace),
                        Route.delete(RecordRoutes.ONE, "Removes one record.", this::delete))
                .map(Route::toGranted)
                .toList();
    }

    private Response update(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        return updated(request, record, request.object());
    }

    private Response replace(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        return updated(request, record, calls.complete(request, record));
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
