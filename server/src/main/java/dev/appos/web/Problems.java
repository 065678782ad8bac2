package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Refusals as problem documents (RFC 9457).
final class Problems {

    static final String TYPE = "application/problem+json";

    private Problems() {}

    /// @param object what the request was about; said only to those who may know of it
    static Response of(Refusal refusal, String executionId, Instant at, Optional<Ref> object) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        String word = refusal.reason().name().toLowerCase(Locale.ROOT);
        document.put("type", "urn:appos:problem:" + word);
        document.put("title", title(refusal.reason()));
        document.put("status", status(refusal.reason()));
        document.put("detail", refusal.getMessage());
        document.put("remedy", refusal.remedy());
        document.put("execution_id", executionId);
        document.put("timestamp", at);
        boolean hidden = refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.UNAUTHENTICATED;
        object.filter(_ -> !hidden).ifPresent(ref -> {
            document.put("object_ref", ref.toString());
            document.put("object_type", ref.type());
        });
        if (!refusal.faults().isEmpty()) {
            document.put("errors", refusal.faults());
        }
        refusal.approval().ifPresent(approval -> document.put("approval", approval));
        refusal.details().forEach(document::putIfAbsent);
        // What clients of PostgREST look at.
        document.put("code", word);
        document.put("message", refusal.getMessage());
        document.put("details", refusal.faults().isEmpty() ? null : refusal.faults().stream()
                .map(fault -> fault.path() + " " + fault.message())
                .collect(Collectors.joining("; ")));
        document.put("hint", refusal.remedy());
        byte[] body = Json.bytes(Plain.of(document));
        Response response = new Response(status(refusal.reason()), TYPE, Map.of(), body);
        return refusal.retryAfter()
                .map(wait -> response.with("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))))
                .orElse(response);
    }

    /// A fault of the platform or of app code: the caller learns the id it is logged under.
    static Response failure(String executionId, Instant at) {
        return new Response(
                500,
                TYPE,
                Map.of(),
                Json.bytes(Map.of(
                        "type", "urn:appos:problem:failure",
                        "title", "Something failed",
                        "status", 500,
                        "detail", "The call failed by a fault in the platform or in the app's code.",
                        "remedy", "Give this execution id to whoever runs the platform.",
                        "execution_id", executionId,
                        "timestamp", at)));
    }

    /// The address is there, the method is not.
    static Response notAllowed(String allowed) {
        return document(405, "Not this method", "This address does not answer this method.", "Use " + allowed + ".")
                .with("Allow", allowed);
    }

    /// What went wrong before a request reached any route: it could not even be read as HTTP.
    static Response unreadable(int status) {
        return document(
                status,
                "The request cannot be read",
                "The request was refused with status " + status + " before any address was looked at.",
                "Check its method, path, headers and length.");
    }

    static Response document(int status, String title, String detail, String remedy) {
        return new Response(
                status,
                TYPE,
                Map.of(),
                Json.bytes(Map.of(
                        "type", "urn:appos:problem:http",
                        "title", title,
                        "status", status,
                        "detail", detail,
                        "remedy", remedy)));
    }

    static int status(Reason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case INVALID -> 422;
            case HELD -> 428;
            case OVER_BUDGET -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    private static String title(Reason reason) {
        return switch (reason) {
            case MALFORMED -> "The request cannot be read";
            case UNAUTHENTICATED -> "Who are you?";
            case FORBIDDEN -> "Not allowed";
            case NOT_FOUND -> "Not found";
            case CONFLICT -> "It contradicts what is there";
            case STALE -> "Someone else changed it";
            case TOO_LARGE -> "Too large";
            case INVALID -> "Not valid";
            case HELD -> "Waiting for approval";
            case OVER_BUDGET -> "Limit reached";
            case UNAVAILABLE -> "Not available now";
        };
    }
}
