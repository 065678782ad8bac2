package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Changing one record at its own address: its fields, all of it, or as a patch.
final class RecordEdits {

    private final RecordCalls calls;
    private final RecordAnswers answers;

    RecordEdits(RecordCalls calls) {
        this.calls = calls;
        this.answers = new RecordAnswers(calls);
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
        RecordDefinition record = begun(request);
        String type = request.header("Content-Type").orElse("");
        if (type.startsWith("application/json-patch+json") || type.startsWith("application/merge-patch+json")) {
            Object patch = request.json();
            if (type.startsWith("application/json-patch") != patch instanceof List<?>) {
                throw Refusal.malformed(
                        "The body is no " + type + ".", "Send an array of operations, or an object to be merged.");
            }
            return changed(request, record, new Input.PatchRecord(request.id("id"), version(request), patch));
        }
        return changed(
                request, record, new Input.UpdateRecord(request.id("id"), version(request), request.object()));
    }

    private Response replace(Request request) {
        RecordDefinition record = begun(request);
        Map<String, Object> all = calls.complete(request, record);
        return changed(request, record, new Input.UpdateRecord(request.id("id"), version(request), all));
    }

    private Response delete(Request request) {
        RecordDefinition record = begun(request);
        Input input = new Input.DeleteRecord(request.id("id"), version(request));
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        return answers.asked(request, Preferences.Return.REPRESENTATION)
                ? answers.one(request, record, row)
                : answers.applied(request, Response.empty(204));
    }

    private RecordDefinition begun(Request request) {
        RecordDefinition record = calls.record(request);
        calls.onlyOptions(request, record, Set.of("select"));
        Preferences preferences = Preferences.of(request);
        if (preferences.each() || preferences.merges().isPresent()) {
            throw Refusal.malformed(
                    "Prefer: atomic and resolution are for many records.", "Leave them out at the address of one.");
        }
        request.onTrial(preferences.trial());
        answers.check(request, record);
        return record;
    }

    private Response changed(Request request, RecordDefinition record, Input input) {
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        Response response = answers.asked(request, Preferences.Return.MINIMAL)
                ? answers.applied(request, Response.empty(204))
                : answers.one(request, record, row);
        return response.with("ETag", Tags.of(row.get("version")));
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
