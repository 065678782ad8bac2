package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes back: status, media type, headers, bytes.
record Response(int status, String type, Map<String, String> headers, byte[] body) {

    static final String JSON = "application/json";

    /// 200 with a JSON value; records of app code and of the platform become snake-case objects.
    static Response json(@Nullable Object value) {
        return json(200, value);
    }

    static Response json(int status, @Nullable Object value) {
        return new Response(status, JSON, Map.of(), Json.bytes(Plain.of(value)));
    }

    /// Nothing to say.
    static Response empty(int status) {
        return new Response(status, "", Map.of(), new byte[0]);
    }

    /// The same with one more header.
    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, type, more, body);
    }
}
