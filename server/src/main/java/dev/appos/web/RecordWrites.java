package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Upserted;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changing many records, in PostgREST's dialect: what [RecordRoutes] reads. [RecordEdits] changes one.
final class RecordWrites {

    private static final Set<String> NARROWING = Set.of("limit", "offset", "order");

    private final RecordCalls calls;
    private final RecordAnswers answers;
    private final RowByRow each;

    RecordWrites(RecordCalls calls) {
        this.calls = calls;
        this.answers = new RecordAnswers(calls);
        this.each = new RowByRow(calls);
    }

    List<Route> routes() {
        return Stream.of(
                        Route.post(
                                RecordRoutes.MANY, "Adds one record or many, or changes those with the same key.",
                                this::create),
                        Route.put(RecordRoutes.MANY, "Adds or replaces the record that a key names.", this::put),
                        Route.patch(
                                RecordRoutes.MANY, "Changes the records that a filter names, or each by its id.",
                                this::update),
                        Route.delete(RecordRoutes.MANY, "Removes the records that a filter names.", this::delete))
                .map(Route::toGranted)
                .toList();
    }

    private Response create(Request request) {
        RecordDefinition record = begun(request);
        calls.onlyOptions(request, record, Set.of("select", "columns", "on_conflict"));
        Preferences preferences = preferences(request);
        Columns columns = calls.columns(request, record);
        List<Map<String, @Nullable Object>> rows = new RowBody(columns).read(request, preferences.missingDefault());
        if (answers.notOne(request, rows.size())) {
            return Rows.notSingular(record, rows.size());
        }
        if (preferences.each()) {
            return each.create(request, record, rows, key(request, columns));
        }
        if (preferences.merges().isPresent()) {
            return upsert(request, record, rows, key(request, columns));
        }
        if (request.query("on_conflict").isPresent()) {
            throw Refusal.malformed(
                    "on_conflict says by which key, and not what is to be done.",
                    "Add Prefer: resolution=merge-duplicates, or resolution=ignore-duplicates.");
        }
        List<Map<String, Object>> made = RecordCalls.rows(calls.answer(request, record, new Input.CreateRecords(rows)));
        return located(request, answers.changed(request, record, 201, made), made);
    }

    private static List<String> key(Request request, Columns columns) {
        List<String> key = new ArrayList<>();
        request.query("on_conflict").ifPresent(written -> {
            for (String name : written.split(",", -1)) {
                key.add(columns.known(name.strip().replace("\"", "")));
            }
        });
        return key;
    }

    private Response upsert(
            Request request, RecordDefinition record, List<Map<String, @Nullable Object>> rows, List<String> key) {
        boolean merge = preferences(request).merges().orElse(true);
        Upserted upserted =
                (Upserted) calls.answer(request, record, new Input.UpsertRecords(rows, key, merge));
        int status = upserted.added().contains(true) ? 201 : 200;
        return located(request, answers.changed(request, record, status, upserted), upserted.written());
    }

    private static Response located(Request request, Response response, List<Map<String, Object>> rows) {
        return rows.size() == 1 && response.status() == 201
                ? response.with("Location", request.path() + "/" + rows.getFirst().get("id"))
                : response;
    }

    /// PostgREST's PUT: the filter names one record by a key, and the body is all of it.
    private Response put(Request request) {
        RecordDefinition record = begun(request);
        Map<String, Object> wanted = new LinkedHashMap<>();
        named(filter(request, record), wanted);
        Map<String, @Nullable Object> row = calls.complete(request, record);
        for (Map.Entry<String, Object> part : wanted.entrySet()) {
            Object sent = request.object().getOrDefault(part.getKey(), part.getValue());
            if (!Json.canonical(sent).equals(Json.canonical(part.getValue()))) {
                throw Refusal.malformed(
                        "The body says another " + part.getKey() + " than the address.", "Send the same in both.");
            }
            row.put(part.getKey(), part.getValue());
        }
        return upsert(request, record, List.of(row), List.copyOf(wanted.keySet()));
    }

    private static void named(Cond where, Map<String, Object> key) {
        switch (where) {
            case Cond.Compare(String column, Cond.Operator operator, Object value)
                    when operator == Cond.Operator.EQ && value != null && key.put(column, value) == null -> { }
            case Cond.And and -> and.conditions().forEach(part -> named(part, key));
            case Cond.Compare _, Cond.Fields _, Cond.Some _, Cond.Or _, Cond.Not _ -> throw Refusal.malformed(
                    "PUT names one record by all columns of a key, with eq.",
                    "Write for example ?id=eq.1, or PUT to the record's own address.");
        }
    }

    private Response update(Request request) {
        RecordDefinition record = begun(request);
        Preferences preferences = preferences(request);
        if (request.json() instanceof List<?> list) {
            return updateEach(request, record, list);
        }
        int most = answers.one(request) ? 1 : preferences.most();
        Map<String, Object> changes = new LinkedHashMap<>();
        new RowBody(calls.columns(request, record)).read(request, true).forEach(changes::putAll);
        Input input = new Input.UpdateRecords(filter(request, record), changes, most);
        return many(request, record, input);
    }

    /// Our own: an array in which each object has an `id` and what is to change of that record.
    private Response updateEach(Request request, RecordDefinition record, List<?> list) {
        calls.onlyOptions(request, record, Set.of("select", "columns"));
        if (preferences(request).each()) {
            return each.update(request, record, list);
        }
        List<Input.UpdateRecord> updates = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, Object> changes = new LinkedHashMap<>(Json.object(list.get(i), "Each record"));
            long id = ((Number) number(changes.remove("id"), ValueType.LONG, "/" + i + "/id")).longValue();
            Object version = changes.remove("version");
            updates.add(new Input.UpdateRecord(
                    id,
                    version == null
                            ? OptionalInt.empty()
                            : OptionalInt.of((Integer) number(version, ValueType.INTEGER, "/" + i + "/version")),
                    changes));
        }
        return many(request, record, new Input.UpdateEach(updates));
    }

    private static Object number(@Nullable Object given, ValueType type, String place) {
        try {
            if (given == null) {
                throw new IllegalArgumentException("must be given: it says which record is meant");
            }
            return Values.convert(type, List.of(), given);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The body", place, "type", String.valueOf(e.getMessage()));
        }
    }

    private Response delete(Request request) {
        RecordDefinition record = begun(request);
        int most = answers.one(request) ? 1 : preferences(request).most();
        return many(request, record, new Input.DeleteRecords(filter(request, record), most));
    }

    private Response many(Request request, RecordDefinition record, Input input) {
        try {
            return answers.changed(request, record, 200, RecordCalls.rows(calls.answer(request, record, input)));
        } catch (Refusal refusal) {
            if (answers.one(request) && refusal.reason() == Refusal.Reason.TOO_LARGE) {
                return Rows.notSingular(record, 2);
            }
            throw refusal;
        }
    }

    private RecordDefinition begun(Request request) {
        RecordDefinition record = calls.record(request);
        preferences(request);
        answers.check(request, record);
        return record;
    }

    private static Preferences preferences(Request request) {
        Preferences preferences = Preferences.of(request);
        request.onTrial(preferences.trial());
        return preferences;
    }

    /// The filter of a change of many; without one it would be a change of all.
    private Cond filter(Request request, RecordDefinition record) {
        Map<String, List<String>> options = new LinkedHashMap<>(request.query());
        options.remove("columns");
        if (preferences(request).each()) {
            throw Refusal.malformed(
                    "atomic=false is for rows that are sent one by one.",
                    "Send an array of records, or leave the word out: what a filter names is changed as a whole.");
        }
        options.keySet().stream().filter(NARROWING::contains).findFirst().ifPresent(option -> {
            throw Refusal.malformed(
                    option + " does not narrow a change: it would change every record that fits.",
                    "Leave it out and name the records by a filter, for example ?id=in.(1,2).");
        });
        Cond where = new QueryParser(calls.columns(request, record), options).where();
        if (where.equals(Query.ALL)) {
            throw Refusal.malformed(
                    request.method() + " of " + record.plural() + " needs a filter.",
                    "Write for example ?id=eq.1, or ?id=not.is.null for every record.");
        }
        return where;
    }
}
