package dev.appos.web;

import dev.appos.base.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The console: files of the client packed into the server, and its one page for every address that is a screen.
final class ConsoleRoutes {

    private static final String ROOT = "META-INF/console/";
    private static final String NONCE_SLOT = "<meta name=\"csp-nonce\" content=\"\"";
    private static final int NONCE_BYTES = 16;
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript",
            "css", "text/css",
            "woff2", "font/woff2",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json",
            "txt", "text/plain",
            "html", "text/html; charset=utf-8");

    private final Ids ids;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    ConsoleRoutes(Ids ids) {
        this.ids = ids;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/assets/<file>", "A file of the console.", this::asset).toEverybody(),
                Route.get("/", "The console.", this::page).toEverybody(),
                Route.get("/<screen>", "The console, at the address of a screen.", this::page).toEverybody());
    }

    private Response asset(Request request) {
        String path = "assets/" + request.param("file");
        byte[] bytes = file(path).orElseThrow(() -> Calls.nothing(request));
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        // The name of each file holds its hash, so it never changes.
        return new Response(200, type, Map.of("Cache-Control", "public, max-age=31536000, immutable"), bytes);
    }

    private Response page(Request request) {
        String path = request.path();
        // The name of an object has dots too; only the endings of files say that a file is meant.
        boolean file = TYPES.containsKey(path.substring(path.lastIndexOf('.') + 1));
        if (file || path.equals("/api") || path.startsWith("/api/")) {
            throw Calls.nothing(request);
        }
        String index = file("index.html")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> Calls.nothing(request));
        String nonce = ids.secret(NONCE_BYTES);
        String html = index.replace(NONCE_SLOT, NONCE_SLOT.replace("content=\"\"", "content=\"" + nonce + "\""));
        return new Response(
                200,
                TYPES.getOrDefault("html", ""),
                Map.of("Content-Security-Policy", policy(nonce), "Cache-Control", "no-cache"),
                html.getBytes(StandardCharsets.UTF_8));
    }

    private static String policy(String nonce) {
        return "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data:; "
                + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    private Optional<byte[]> file(String path) {
        if (path.contains("..") || path.contains("\\") || path.contains("//")) {
            return Optional.empty();
        }
        byte[] known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        // Only what exists is kept: addresses are made up for nothing.
        Optional<byte[]> found = read(path);
        found.ifPresent(bytes -> files.put(path, bytes));
        return found;
    }

    private static Optional<byte[]> read(String path) {
        try (InputStream stream = ConsoleRoutes.class.getClassLoader().getResourceAsStream(ROOT + path)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
