package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.documents.DocumentContent;
import dev.appos.object.DocumentRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Documents in a folder, and the same addresses below a record for what is attached to it.
final class DocumentRoutes {

    private static final int USUAL_PAGE = 100;

    private final Calls calls;
    private final DocumentIntake intake;

    DocumentRoutes(Calls calls, DocumentIntake intake) {
        this.calls = calls;
        this.intake = intake;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(below(
                DocumentSpot.IN_FOLDER, request -> DocumentSpot.folder(request, calls), "in the folder"));
        routes.addAll(below(
                DocumentSpot.ATTACHED, request -> DocumentSpot.record(request, calls), "attached to the record"));
        return routes.stream().map(Route::toGranted).toList();
    }

    private List<Route> below(String many, Function<Request, DocumentSpot> spot, String where) {
        String one = many + "/{document}";
        String versions = one + "/versions";
        String version = versions + "/{version}";
        return List.of(
                Route.get(many, "The documents " + where + ", the newest first.", r -> list(r, spot.apply(r))),
                Route.post(many, "Adds a document " + where + ".", r -> add(r, spot.apply(r))),
                Route.get(one, "What is known of a document " + where + ".", r -> get(r, spot.apply(r))),
                Route.patch(one, "Renames, tags or archives a document " + where + ".", r -> change(r, spot.apply(r))),
                Route.delete(one, "Removes a document " + where + " with all its versions.",
                        r -> delete(r, spot.apply(r))),
                Route.get(one + "/content", "The content of a document " + where + ".", r -> content(r, spot.apply(r))),
                Route.get(versions, "The versions of a document " + where + ".", r -> versions(r, spot.apply(r))),
                Route.post(versions, "Adds a version of a document " + where + ".", r -> addVersion(r, spot.apply(r))),
                Route.get(version + "/content", "The content of one version of a document " + where + ".",
                        r -> content(r, spot.apply(r))),
                Route.post(version + "/restore", "Makes an old version of a document " + where + " the newest.",
                        r -> restore(r, spot.apply(r))));
    }

    private Response list(Request request, DocumentSpot spot) {
        only(request, Set.of("archived", "name", "tag", "limit", "cursor"));
        int limit = number(request.query("limit").orElse(String.valueOf(USUAL_PAGE)), "limit");
        Object rows = spot.answer(request, new DocumentRequest.ListDocuments(
                flag(request.query("archived").orElse("false")), request.query("name").orElse(""),
                request.query("tag").orElse(""), limit, request.query("cursor").map(DocumentRoutes::cursor)));
        List<?> items = (List<?>) rows;
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", items.size() == limit && limit > 0 ? ((Map<?, ?>) items.getLast()).get("id") : null);
        return Response.json(page);
    }

    private Response get(Request request, DocumentSpot spot) {
        only(request, Set.of());
        return document(200, spot.answer(request, new DocumentRequest.GetDocument(id(request))));
    }

    private Response versions(Request request, DocumentSpot spot) {
        only(request, Set.of("limit"));
        int limit = number(request.query("limit").orElse(String.valueOf(USUAL_PAGE)), "limit");
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", spot.answer(request, new DocumentRequest.ListVersions(id(request), limit)));
        page.put("next", null);
        return Response.json(page);
    }

    private Response add(Request request, DocumentSpot spot) {
        only(request, Set.of("name", "note", "tags"));
        spot.mayAdd(request);
        return intake.take(request, taken -> {
            String name = Optional.ofNullable(taken.fields().get("name")).or(taken::name).orElseThrow(() ->
                    Refusal.malformed("The document has no name.", "Say it in the query: ?name=offer.pdf."));
            return document(201, spot.answer(request, new DocumentRequest.AddDocument(
                    name, taken.content(), taken.fields().getOrDefault("note", ""),
                    words(taken.fields().getOrDefault("tags", "")))));
        });
    }

    private Response addVersion(Request request, DocumentSpot spot) {
        only(request, Set.of("name", "note", "tags"));
        UUID id = id(request);
        spot.mayChange(request, id);
        return intake.take(request, taken -> document(201, spot.answer(request, new DocumentRequest.AddVersion(
                id, taken.content(), taken.fields().getOrDefault("note", ""), version(request)))));
    }

    private Response change(Request request, DocumentSpot spot) {
        UUID id = id(request);
        Map<String, Object> body = request.object();
        body.keySet().stream().filter(key -> !Set.of("name", "tags", "is_archived").contains(key)).findFirst()
                .ifPresent(key -> {
                    throw Refusal.invalid("The document", "/" + key, "unknown",
                            "cannot be changed; name, tags and is_archived can");
                });
        return document(200, spot.answer(request, new DocumentRequest.ChangeDocument(
                id,
                Optional.ofNullable(body.get("name")).map(value -> typed(value, String.class, "/name")),
                Optional.ofNullable(body.get("tags")).map(value -> Json.array(value, "tags").stream()
                        .map(each -> typed(each, String.class, "/tags")).toList()),
                Optional.ofNullable(body.get("is_archived"))
                        .map(value -> typed(value, Boolean.class, "/is_archived")))));
    }

    private Response restore(Request request, DocumentSpot spot) {
        Object note = request.objectOrEmpty().getOrDefault("note", "");
        return document(200, spot.answer(request, new DocumentRequest.RestoreVersion(
                id(request), number(request.param("version"), "version"), typed(note, String.class, "/note"))));
    }

    private Response delete(Request request, DocumentSpot spot) {
        spot.answer(request, new DocumentRequest.DeleteDocument(id(request)));
        return Response.empty(204);
    }

    private Response content(Request request, DocumentSpot spot) {
        OptionalInt version = request.path().contains("/versions/")
                ? OptionalInt.of(number(request.param("version"), "version"))
                : OptionalInt.empty();
        return Download.of(request, (DocumentContent) spot.answer(
                request, new DocumentRequest.ReadContent(id(request), version)));
    }

    private static Response document(int status, Object document) {
        Object version = ((Map<?, ?>) document).get("version");
        return Response.json(status, document).with("ETag", "\"" + version + "\"");
    }

    private static void only(Request request, Set<String> known) {
        request.query().keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw Refusal.malformed("The option " + name + " is not understood.", known.isEmpty()
                    ? "Leave it out."
                    : "Use " + String.join(", ", known.stream().sorted().toList()) + ".");
        });
    }

    private static UUID id(Request request) {
        return uuid(request.param("document"))
                .orElseThrow(() -> Refusal.notFound("document " + request.param("document")));
    }

    private static UUID cursor(String given) {
        return uuid(given).orElseThrow(() -> Refusal.malformed(
                "The cursor is none.", "Send next as the page before said it."));
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    private static int number(String text, String what) {
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.malformed("The " + what + " " + text + " is no number.", "Send a whole number.");
        }
        return Integer.parseInt(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.malformed("archived is " + text + ".", "Send true or false.");
        };
    }

    private static OptionalInt version(Request request) {
        String tag = request.header("If-Match").map(String::strip).orElse("*").replace("W/", "").replace("\"", "");
        return tag.equals("*") ? OptionalInt.empty() : OptionalInt.of(number(tag, "If-Match"));
    }

    static List<String> words(String commas) {
        return Arrays.stream(commas.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private static <T> T typed(Object value, Class<T> type, String path) {
        if (!type.isInstance(value)) {
            throw Refusal.invalid("The document", path, "type",
                    type == String.class ? "must be a text" : "must be true or false");
        }
        return type.cast(value);
    }
}
