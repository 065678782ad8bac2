package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What goes back: status, media type, headers, bytes.
///
/// @param stream bytes that are not held in memory, in the place of the body
record Response(int status, String type, Map<String, String> headers, byte[] body, Optional<Stream> stream) {

    /// Bytes that are written as they are read.
    ///
    /// @param length how many, or -1 if nobody knows yet
    record Stream(long length, Writer writer) {

        /// Writes them all, and gives back what it held, also where the reader has gone away.
        @FunctionalInterface
        interface Writer {
            void writeTo(OutputStream out) throws IOException;
        }
    }

    Response(int status, String type, Map<String, String> headers, byte[] body) {
        this(status, type, headers, body, Optional.empty());
    }

    static Response stream(int status, String type, Stream stream) {
        return new Response(status, type, Map.of(), new byte[0], Optional.of(stream));
    }

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
        return new Response(status, type, more, body, stream);
    }
}
