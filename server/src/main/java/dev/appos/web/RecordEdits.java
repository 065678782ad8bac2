package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.RecordDefinition;
import java.util.LinkedHashMap;
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
        return versioned(request, record, request.object());
    }

    private Response replace(Request request) {
        RecordDefinition record = begun(request);
        return versioned(request, record, calls.complete(request, record));
    }

    /// A version among the fields works like one in If-Match; it is a conflict then, and not a condition that failed.
    private Response versioned(Request request, RecordDefinition record, Map<String, Object> sent) {
        OptionalInt expected = version(request);
        Map<String, Object> fields = new LinkedHashMap<>(sent);
        boolean among = expected.isEmpty() && fields.get("version") instanceof Integer;
        if (among) {
            expected = OptionalInt.of((Integer) fields.remove("version"));
        }
        boolean merge = Preferences.of(request).mergesFields();
        try {
            return changed(request, record, new Input.UpdateRecord(request.id("id"), expected, fields, merge));
        } catch (Refusal refusal) {
            throw among && refusal.reason() == Refusal.Reason.STALE ? refusal.asConflict() : refusal;
        }
    }

    private Response delete(Request request) {
        RecordDefinition record = begun(request);
        boolean hard = request.query("hard").map(Boolean::parseBoolean).orElse(false);
        Input input = hard
                ? new Lifecycle.Purge(request.id("id"))
                : new Input.DeleteRecord(request.id("id"), version(request));
        Map<String, Object> row = RecordCalls.row(calls.answer(request, record, input));
        return answers.asked(request, Preferences.Return.REPRESENTATION)
                ? answers.one(request, record, row)
                : answers.applied(request, Response.empty(204));
    }

    private RecordDefinition begun(Request request) {
        RecordDefinition record = calls.record(request);
        boolean removing = request.method().equals("DELETE");
        calls.onlyOptions(request, record, removing ? Set.of("select", "hard") : Set.of("select"));
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
