package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.data.Exporting;
import dev.appos.data.Rejects;
import dev.appos.data.Uploads;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Files out of records and into them: `GET …/export` and `POST …/import` below a record resource.
final class DataRoutes {

    /// Each holds a connection to the database for as long as its reader takes.
    private static final int MOST_EXPORTS = 4;

    private static final Set<String> OPTIONS = Set.of("format", "spreadsheet");

    private final Calls calls;
    private final RecordCalls records;
    private final Uploads uploads;
    private final Rejects rejects;
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);

    DataRoutes(Calls calls, Routes.Files files) {
        this.calls = calls;
        this.records = new RecordCalls(calls);
        this.uploads = files.imports();
        this.rejects = files.rejects();
    }

    List<Route> exports() {
        return List.of(Route.get(
                RecordRoutes.MANY + "/export",
                "Every record that fits, as CSV or JSON lines, however many there are.", this::export).toGranted());
    }

    List<Route> imports() {
        return List.of(
                Route.post(
                        RecordRoutes.MANY + "/import",
                        "Brings a CSV or JSON lines file in; answers the job that does it.", this::take),
                Route.get(
                        "/api/v1/jobs/{id}/errors.csv",
                        "The rows that were wrong, with what is wrong, to be mended and sent again.", this::rejects));
    }

    private Response rejects(Request request) {
        String id = request.param("id");
        // Refused here to whoever may not know of the job.
        calls.platform(request, "get_job", Map.of("id", id));
        return Response.stream(200, Exporting.Format.CSV.type(), new Response.Stream(-1, to -> rejects.write(id, to)))
                .with("Content-Disposition", "attachment; filename=\"errors.csv\"");
    }

    private Response export(Request request) {
        RecordDefinition record = records.record(request);
        Exporting.Format format = switch (request.query("format").orElse("csv")) {
            case "csv" -> Exporting.Format.CSV;
            case "jsonl" -> Exporting.Format.JSONL;
            default -> throw Refusal.malformed("The format is not understood.", "Ask for format=csv or format=jsonl.");
        };
        boolean spreadsheet = switch (request.query("spreadsheet").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.malformed("spreadsheet is not understood.", "Write spreadsheet=true.");
        };
        Map<String, List<String>> options = new LinkedHashMap<>(request.query());
        options.keySet().removeAll(OPTIONS);
        options.putIfAbsent("select", List.of(String.join(",", Exporting.columns(record))));
        Query query = new QueryParser(records.columns(request, record), options).query(Query.Count.NONE);
        OptionalLong most = most(options);
        String name = record.plural() + (format == Exporting.Format.CSV ? ".csv" : ".jsonl");
        Response.Stream.Writer rows = to -> write(request, record, query, most,
                new Exporting(record, format, spreadsheet, Exporting.names(query, record), to));
        return Response.stream(200, format.type(), new Response.Stream(-1, rows))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /// Here `limit` may be any number; the parser has refused what is none.
    private static OptionalLong most(Map<String, List<String>> options) {
        List<String> limit = options.getOrDefault("limit", List.of());
        return limit.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(limit.getFirst()));
    }

    private void write(
            Request request, RecordDefinition record, Query query, OptionalLong most, Exporting exporting) {
        if (!exports.tryAcquire()) {
            throw Refusal.unavailable(MOST_EXPORTS + " exports run already.", "Ask again in a moment.");
        }
        try {
            calls.call(request, record.ref(), new Input.ScanRecords(query, most, exporting::row));
            exporting.end();
        } finally {
            exports.release();
        }
    }

    private Response take(Request request) {
        RecordDefinition record = records.record(request);
        if (!calls.allows(request, record, Permission.CREATE)) {
            throw Refusal.forbidden(record.ref() + "." + Permission.CREATE.word(), "no group of yours may");
        }
        String owner = request.caller().context().principal().name();
        Map<String, Object> options = options(request);
        boolean gzip = request.header("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
        UUID upload = uploads.receive(request.stream(), gzip, owner, request.header("Idempotency-Key"));
        try {
            Map<String, Object> inputs = new LinkedHashMap<>();
            inputs.put("record", record.ref().toString());
            inputs.put("upload", upload.toString());
            request.query("file_name").ifPresent(name -> inputs.put("file_name", name));
            inputs.put("options", options);
            String rule = "fast".equals(options.get("mode")) ? "start_fast_import" : "start_import";
            Object job = calls.platform(request, rule, inputs);
            String poll = job instanceof Map<?, ?> shown ? String.valueOf(shown.get("poll_url")) : "";
            return Response.json(202, job).with("Location", poll);
        } finally {
            uploads.drop(upload);
        }
    }

    private static Map<String, Object> options(Request request) {
        Map<String, Object> options = new LinkedHashMap<>();
        Map<String, Object> map = new LinkedHashMap<>();
        request.query().forEach((name, values) -> {
            if (name.equals("map")) {
                values.forEach(each -> mapped(map, each));
            } else if (values.size() != 1) {
                throw Refusal.malformed(name + " is given " + values.size() + " times.", "Give it once.");
            } else if (!name.equals("file_name")) {
                options.put(name, values.getFirst());
            }
        });
        if (!map.isEmpty()) {
            options.put("map", map);
        }
        options.putIfAbsent("format", format(request.header("Content-Type").orElse("")));
        return options;
    }

    private static void mapped(Map<String, Object> map, String written) {
        int equals = written.lastIndexOf('=');
        if (equals < 0) {
            throw Refusal.malformed(
                    "map=" + written + " is not understood.", "Write map=Column of the file=field, or map=Column= .");
        }
        map.put(written.substring(0, equals), written.substring(equals + 1));
    }

    private static String format(String type) {
        return type.contains("json") ? "jsonl" : "csv";
    }
}
