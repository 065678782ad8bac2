package dev.appos.web;

import dev.appos.base.Refusal.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Several calls as one: `POST /api/v1/transactions`.
final class TransactionRoutes {

    static final String RULE = "transaction";

    private final Calls calls;

    TransactionRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(Route.post(
                "/api/v1/transactions", "Makes several calls, of one app or of many, all or none.", this::run));
    }

    private Response run(Request request) {
        request.onTrial(Preferences.of(request).trial());
        List<Map<String, @Nullable Object>> results = results(calls.platform(request, RULE, request.object()));
        boolean all = results.stream().allMatch(result -> (Integer) result.get("status") < 400);
        return Response.json(all ? 200 : 207, Map.of("results", results));
    }

    /// What became of each call, with the status it would have had alone.
    static List<Map<String, @Nullable Object>> results(@Nullable Object answer) {
        List<?> results = (List<?>) ((Map<?, ?>) answer).get("results");
        return results.stream().map(result -> {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            ((Map<?, ?>) result).forEach((key, value) -> shown.put(String.valueOf(key), value));
            shown.put("status", status(shown));
            return shown;
        }).toList();
    }

    private static int status(Map<String, @Nullable Object> result) {
        if (result.get("reason") instanceof String reason) {
            return Problems.status(Reason.valueOf(reason.toUpperCase(Locale.ROOT)));
        }
        return Set.of("create", "upsert").contains(result.get("action")) ? 201 : 200;
    }
}
