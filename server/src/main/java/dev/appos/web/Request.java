package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as routes see it, with whoever makes it.
final class Request {

    private final Context http;
    private final Caller caller;
    private Optional<Ref> subject = Optional.empty();
    private boolean trial;

    Request(Context http, Caller caller) {
        this.http = http;
        this.caller = caller;
    }

    /// The same request, made by somebody who has just become known.
    Request(Request same, Caller caller) {
        this(same.http, caller);
    }

    /// Says which object the request is about, for the refusal should there be one.
    void about(Ref ref) {
        subject = Optional.of(ref);
    }

    /// The object the request is about, as far as a route has said.
    Optional<Ref> subject() {
        return subject;
    }

    /// Says that nothing of what the request does is to be kept.
    void onTrial(boolean wanted) {
        trial = wanted;
    }

    Caller caller() {
        return caller;
    }

    /// The context of a call that this request makes, as a part of its sender's trace.
    dev.appos.dispatch.Context context() {
        dev.appos.dispatch.Context context = caller.context().under(header("traceparent").orElse(""));
        return trial ? context.onTrial() : context;
    }

    String method() {
        return http.method().toString();
    }

    String path() {
        return http.path();
    }

    /// A part of the path that the route names in braces.
    String param(String name) {
        return http.pathParam(name);
    }

    /// A part of the path that must be a record's number; anything else is no record.
    long id(String name) {
        String written = param(name);
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException _) {
            throw Refusal.notFound("record " + written);
        }
    }

    Map<String, List<String>> query() {
        return http.queryParamMap();
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(http.queryParam(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.header(name));
    }

    /// Every line of a header that may be sent in several.
    List<String> headers(String name) {
        return Collections.list(http.req().getHeaders(name));
    }

    Optional<String> cookie(String name) {
        return Optional.ofNullable(http.cookie(name));
    }

    /// The body as any JSON value.
    Object json() {
        String type = header("Content-Type").orElse("");
        if (!type.isEmpty() && !type.contains("json")) {
            throw Refusal.malformed(
                    "The body is of type " + type + ".", "Send JSON with Content-Type: application/json.");
        }
        byte[] body = http.bodyAsBytes();
        if (body.length == 0) {
            throw Refusal.malformed("The body is empty.", "Send a JSON value.");
        }
        Object value = Json.read(body);
        if (value == null) {
            throw Refusal.malformed("The body is null.", "Send a JSON object or array.");
        }
        return value;
    }

    /// The body as a JSON object.
    Map<String, Object> object() {
        return Json.object(json(), "The body");
    }

    /// The body as a JSON object; an empty body is an empty one.
    Map<String, Object> objectOrEmpty() {
        return http.bodyAsBytes().length == 0 ? Map.of() : object();
    }

    /// The body as it comes, without a limit: whoever reads it stops at one of his own.
    InputStream stream() {
        try {
            return http.req().getInputStream();
        } catch (IOException gone) {
            throw Refusal.malformed("The body cannot be read: " + gone.getMessage() + ".", "Send it again.");
        }
    }

    /// The body as it came.
    byte[] body() {
        return http.bodyAsBytes();
    }

    /// The address the request came from.
    String ip() {
        return Addresses.known(http);
    }
}
