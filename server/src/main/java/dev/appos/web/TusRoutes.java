package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.documents.Uploads;
import dev.appos.object.DocumentRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Uploads that can be resumed, in the tus protocol 1.0.0 (tus.io) with its extensions creation, termination and
/// expiration: `…/uploads` below every place for documents.
final class TusRoutes {

    private static final String VERSION = "1.0.0";
    private static final String CHUNK = "application/offset+octet-stream";

    private final Calls calls;
    private final DocumentIntake intake;

    TusRoutes(Calls calls, DocumentIntake intake) {
        this.calls = calls;
        this.intake = intake;
    }

    private Uploads uploads() {
        return intake.uploads();
    }

    /// What is done with an upload.
    @FunctionalInterface
    private interface Work {
        Response with(Request request, DocumentSpot spot) throws IOException;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(below(
                DocumentSpot.IN_FOLDER, request -> DocumentSpot.folder(request, calls), "in the folder"));
        routes.addAll(below(
                DocumentSpot.ATTACHED, request -> DocumentSpot.record(request, calls), "attached to the record"));
        return routes;
    }

    private List<Route> below(String place, Function<Request, DocumentSpot> spot, String where) {
        String many = place + "/uploads";
        String one = many + "/{upload}";
        return List.of(
                Route.post(many, "Begins a resumable upload (tus 1.0.0) of a document " + where + ".",
                        request -> tus(request, spot, this::begin)),
                Route.get(one, "How much of a resumable upload has come.", request -> tus(request, spot, this::look)),
                Route.patch(one, "Sends the next bytes of a resumable upload; the last one adds the document.",
                        request -> tus(request, spot, this::append)),
                Route.delete(one, "Ends a resumable upload that is not finished.",
                        request -> tus(request, spot, this::end)));
    }

    private Response tus(Request request, Function<Request, DocumentSpot> spot, Work work) {
        if (!request.header("Tus-Resumable").orElse("").equals(VERSION)) {
            return Response.empty(412).with("Tus-Resumable", VERSION).with("Tus-Version", VERSION);
        }
        try {
            return work.with(request, spot.apply(request))
                    .with("Tus-Resumable", VERSION)
                    .with("Tus-Extension", "creation,termination,expiration")
                    .with("Tus-Max-Size", String.valueOf(intake.maxBytes()));
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "The upload broke off: " + failure.getMessage() + ".", "Ask for its offset and go on from there.");
        }
    }

    private Response begin(Request request, DocumentSpot spot) throws IOException {
        long length = number(request, "Upload-Length");
        spot.mayAdd(request);
        // Whoever may not see the record hears so now, and not after the last byte.
        spot.answer(request, new DocumentRequest.ListDocuments(false, "", "", 0, Optional.empty()));
        if (length > intake.maxBytes()) {
            throw Refusal.tooLarge(
                    "The document is larger than " + intake.maxBytes() + " bytes.",
                    "Send a smaller one, or ask an administrator to raise documents.max_upload_size_mb.");
        }
        Uploads.Open open = uploads().begin(
                owner(request), place(request), length, metadata(request.header("Upload-Metadata").orElse("")));
        return Response.empty(201)
                .with("Location", request.path() + "/" + open.id())
                .with("Upload-Expires", expires(open));
    }

    private Response look(Request request, DocumentSpot spot) throws IOException {
        Uploads.Open open = open(request);
        return Response.empty(200)
                .with("Upload-Offset", String.valueOf(uploads().offset(open)))
                .with("Upload-Length", String.valueOf(open.length()))
                .with("Upload-Expires", expires(open))
                .with("Cache-Control", "no-store");
    }

    private Response append(Request request, DocumentSpot spot) throws IOException {
        if (!request.header("Content-Type").orElse("").equals(CHUNK)) {
            return Response.empty(415).with("Accept-Patch", CHUNK);
        }
        Uploads.Open open = open(request);
        long there = uploads().append(open, number(request, "Upload-Offset"), request.stream());
        Response response = Response.empty(204).with("Upload-Offset", String.valueOf(there));
        if (there < open.length()) {
            return response.with("Upload-Expires", expires(open));
        }
        try {
            Map<String, String> about = open.about();
            Map<?, ?> document = (Map<?, ?>) spot.answer(request, new DocumentRequest.AddDocument(
                    about.getOrDefault("filename", about.getOrDefault("name", "document")), uploads().end(open),
                    about.getOrDefault("note", ""), DocumentRoutes.words(about.getOrDefault("tags", ""))));
            return response.with("Content-Location", place(request) + "/" + document.get("id"));
        } finally {
            // Added or refused, it is over: what was refused once would be refused again.
            uploads().forget(open);
        }
    }

    private Response end(Request request, DocumentSpot spot) throws IOException {
        uploads().forget(open(request));
        return Response.empty(204);
    }

    private Uploads.Open open(Request request) throws IOException {
        String id = request.param("upload");
        Refusal none = Refusal.notFound("upload " + id);
        if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw none;
        }
        return uploads().find(UUID.fromString(id), owner(request), place(request)).orElseThrow(() -> none);
    }

    private static String owner(Request request) {
        return request.caller().context().principal().name();
    }

    /// The address of the folder's documents, or of what is attached to the record.
    private static String place(Request request) {
        return request.path().replaceFirst("/uploads(/[^/]*)?$", "");
    }

    private String expires(Uploads.Open open) throws IOException {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(uploads().expires(open).atOffset(ZoneOffset.UTC));
    }

    private static long number(Request request, String header) {
        String text = request.header(header).orElse("");
        if (!text.matches("\\d{1,15}")) {
            throw Refusal.malformed(
                    "The header " + header + " is missing or no number.", "Send how many bytes, for example 1024.");
        }
        return Long.parseLong(text);
    }

    /// Pairs of a key and base64, by commas.
    private static Map<String, String> metadata(String header) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : Arrays.stream(header.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList()) {
            String[] parts = pair.split(" ", 2);
            try {
                values.put(parts[0], parts.length == 1 ? "" : new String(
                        Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                throw Refusal.malformed("Upload-Metadata says " + parts[0] + " in something else than base64.",
                        "Write each value in base64.");
            }
        }
        return values;
    }
}
