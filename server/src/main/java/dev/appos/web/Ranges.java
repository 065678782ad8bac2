package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.Query.Count;
import dev.appos.object.RecordDefinition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of the records an answer holds, as PostgREST says it: by `Range`, `Content-Range`, 206 and 416; and the link
/// to the next page where cursors are used.
final class Ranges {

    private static final Pattern RANGE = Pattern.compile("(?:items=)?(\\d{1,15})-(\\d{0,15})");
    private static final Pattern COUNT = Pattern.compile("(?:^|,)\\s*count=(\\w*)");

    private Ranges() {}

    /// How the records are to be counted.
    static Count count(Request request) {
        Matcher count = COUNT.matcher(request.header("Prefer").orElse(""));
        if (!count.find()) {
            return Count.NONE;
        }
        return switch (count.group(1)) {
            case "exact" -> Count.EXACT;
            case "planned" -> Count.PLANNED;
            case "estimated" -> Count.ESTIMATED;
            default -> throw Refusal.malformed(
                    "Prefer: count=" + count.group(1) + " is not understood.",
                    "Write count=exact, count=planned or count=estimated.");
        };
    }

    /// `Range: 0-24` as another way to say limit and offset. Ranges of other units are not meant for records.
    static Query of(Request request, Query query) {
        Optional<String> range = request.header("Range");
        boolean items = request.header("Range-Unit").map(unit -> unit.equals("items")).orElse(true);
        if (range.isEmpty() || !items) {
            return query;
        }
        Matcher bounds = RANGE.matcher(range.get());
        if (!bounds.matches()) {
            return query;
        }
        long first = Long.parseLong(bounds.group(1));
        long most = bounds.group(2).isEmpty() ? query.limit() : Long.parseLong(bounds.group(2)) - first + 1;
        if (most < 0 || most > Query.LARGEST_PAGE) {
            throw Refusal.malformed(
                    "The Range " + range.get() + " is not understood.",
                    "Ask for at most " + Query.LARGEST_PAGE + " rows, for example 0-24.");
        }
        return new Query(query.select(), query.where(), query.order(), (int) most, first, query.extras());
    }

    static Response response(Request request, RecordDefinition record, Query query, Page page) {
        int rows = page.rows().size();
        if (page.total().isPresent() && query.offset() > page.total().getAsLong()) {
            return beyond(query.offset(), page.total().getAsLong());
        }
        String range = rows == 0 ? "*" : query.offset() + "-" + (query.offset() + rows - 1);
        boolean partial = page.total().isPresent() && rows < page.total().getAsLong();
        String total = page.total().isPresent() ? String.valueOf(page.total().getAsLong()) : "*";
        Response response = Rows.response(request, record, partial ? 206 : 200, page.rows())
                .with("Content-Range", range + "/" + total);
        return page.next().map(next -> response.with("Link", link(request, next))).orElse(response);
    }

    private static Response beyond(long offset, long total) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:appos:problem:range");
        problem.put("title", "Beyond the last record");
        problem.put("status", 416);
        problem.put("detail", "The page begins at " + offset + ", and there are " + total + " records.");
        problem.put("remedy", "Begin earlier.");
        problem.put("code", "PGRST103");
        problem.put("message", "Requested range not satisfiable");
        problem.put("details", "An offset of " + offset + " was requested, but there are only " + total + " rows.");
        return new Response(416, Problems.TYPE, Map.of(), Json.bytes(problem)).with("Content-Range", "*/" + total);
    }

    private static String link(Request request, String next) {
        StringBuilder address = new StringBuilder(request.path()).append('?');
        request.query().forEach((name, values) -> {
            if (!name.equals("after")) {
                values.forEach(value -> address.append(encoded(name)).append('=').append(encoded(value)).append('&'));
            }
        });
        return String.format(Locale.ROOT, "<%safter=%s>; rel=\"next\"", address, encoded(next));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
