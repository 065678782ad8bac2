package dev.appos.web;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Upserted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes back after a change: nothing, the records, or what became of each row.
final class RecordAnswers {

    private final RecordCalls calls;

    RecordAnswers(RecordCalls calls) {
        this.calls = calls;
    }

    /// Refuses what cannot be selected on the way back, before anything is done.
    void check(Request request, RecordDefinition record) {
        if (request.query("select").isEmpty()) {
            return;
        }
        List<Selected> select = new QueryParser(calls.columns(request, record), request.query()).select();
        boolean own = select.stream().allMatch(Selected.Column.class::isInstance);
        if (!own && (request.method().equals("DELETE") || Preferences.of(request).trial())) {
            throw Refusal.malformed(
                    "What is embedded cannot be read after this change.", "Select columns of the record itself.");
        }
    }

    /// Whether the client wants exactly one record or nothing done.
    boolean one(Request request) {
        return Rows.singular(request) && Preferences.of(request).answer() == Preferences.Return.REPRESENTATION;
    }

    boolean notOne(Request request, int rows) {
        return rows != 1 && one(request);
    }

    Response changed(Request request, RecordDefinition record, int status, List<Map<String, Object>> rows) {
        return changed(request, record, status, new Upserted(rows, Collections.nCopies(rows.size(), status == 201)));
    }

    Response changed(Request request, RecordDefinition record, int status, Upserted done) {
        Preferences preferences = Preferences.of(request);
        List<Map<String, Object>> rows = done.written();
        Response response = switch (preferences.answer()) {
            case REPRESENTATION -> Rows.response(request, record, status, selected(request, record, rows));
            case RESULTS -> Response.json(status, results(done));
            case MINIMAL, HEADERS_ONLY -> Response.empty(status == 200 ? 204 : status);
        };
        return applied(request, response.with("Content-Range", preferences.count() ? "*/" + rows.size() : "*/*"));
    }

    /// One record that was changed at its own address.
    Response one(Request request, RecordDefinition record, Map<String, Object> row) {
        List<Map<String, Object>> shown = selected(request, record, List.of(row));
        return applied(request, Response.json(shown.isEmpty() ? row : shown.getFirst()));
    }

    /// Whether exactly this answer was asked for, and not merely what is usual.
    boolean asked(Request request, Preferences.Return wanted) {
        Preferences preferences = Preferences.of(request);
        return preferences.words().containsKey("return") && preferences.answer() == wanted;
    }

    /// The answer with the header that says which preferences were followed.
    Response applied(Request request, Response response) {
        String applied = Preferences.of(request).applied(
                "return", "count", "resolution", "missing", "handling", "tx", "max-affected", "atomic");
        return applied.isEmpty() ? response : response.with("Preference-Applied", applied);
    }

    private static List<Object> results(Upserted done) {
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < done.rows().size(); i++) {
            Map<String, Object> row = done.rows().get(i);
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("status", row == null ? 304 : done.added().get(i) ? 201 : 200);
            if (row != null) {
                result.put("id", row.get("id"));
                result.put("version", row.get("version"));
            }
            results.add(result);
        }
        return results;
    }

    /// The changed rows with what the caller selected.
    private List<Map<String, Object>> selected(
            Request request, RecordDefinition record, List<Map<String, Object>> rows) {
        List<Selected> select = new QueryParser(calls.columns(request, record), request.query()).select();
        if (select.isEmpty()) {
            return rows;
        }
        return select.stream().allMatch(RecordAnswers::plain)
                ? only(select, rows)
                : read(request, record, select, rows);
    }

    private static boolean plain(Selected selected) {
        return selected instanceof Selected.Column(String name, String alias, String cast)
                && alias.isEmpty() && cast.isEmpty() && !name.equals("*") && !name.contains("->");
    }

    private static List<Map<String, Object>> only(List<Selected> select, List<Map<String, Object>> rows) {
        return rows.stream().map(row -> {
            Map<String, Object> chosen = new LinkedHashMap<>();
            select.forEach(each -> {
                String column = ((Selected.Column) each).name();
                chosen.put(column, row.get(column));
            });
            return chosen;
        }).toList();
    }

    /// What lies beyond the record itself is read anew, in the order of the rows.
    private List<Map<String, Object>> read(
            Request request, RecordDefinition record, List<Selected> select, List<Map<String, Object>> rows) {
        List<Object> ids = rows.stream().map(row -> row.get("id")).toList();
        List<Selected> keyed = new ArrayList<>(select);
        boolean asked = select.contains(new Selected.Column("id"));
        if (!asked) {
            keyed.add(new Selected.Column("id"));
        }
        Cond which = new Cond.Compare("id", Cond.Operator.IN, ids);
        Page page = (Page) calls.reread(request, record, new Input.ListRecords(
                new Query(keyed, which, List.of(), rows.size(), 0, false)));
        Map<Object, Map<String, Object>> found = new HashMap<>();
        page.rows().forEach(row -> found.put(asked ? row.get("id") : row.remove("id"), row));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }
}
