package dev.appos.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page that shows the OpenAPI documents, made of three files of our own. It holds no data: it reads the documents as
/// whoever looks at it.
final class DocsRoutes {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "docs.js", "text/javascript; charset=utf-8",
            "docs.css", "text/css; charset=utf-8");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    DocsRoutes() {
        TYPES.keySet().forEach(name -> files.put(name, read(name)));
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/docs", "The page that shows these descriptions.",
                        request -> file(request, "index.html")).toEverybody(),
                Route.get("/api/docs/{file}", "A file of that page.",
                        request -> file(request, request.param("file"))).toEverybody());
    }

    private Response file(Request request, String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw Calls.nothing(request);
        }
        return new Response(200, TYPES.getOrDefault(name, ""),
                Map.of("Content-Security-Policy", POLICY, "Cache-Control", "no-cache"), bytes);
    }

    private static byte[] read(String name) {
        try (InputStream stream = DocsRoutes.class.getResourceAsStream("docs/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the file docs/" + name + " is not in this build");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
