package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.object.DocumentRequest;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The folders of an app: `/api/{app}/v1/folders`. What is in them is served by [DocumentRoutes].
final class FolderRoutes {

    private static final String MANY = "/api/{app}/v1/folders";

    private final Calls calls;

    FolderRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return List.of(
                Route.get(MANY, "The folders of the app that you may see.", this::list),
                Route.get(MANY + "/{folder}", "What a folder takes, and how full it is.", this::get),
                Route.patch(MANY + "/{folder}", "Closes a folder to new documents, or opens it.", this::change));
    }

    private Response list(Request request) {
        String app = request.param("app");
        List<FolderDefinition> seen = calls.snapshot().ofKind(FolderDefinition.class).stream()
                .filter(folder -> folder.ref().app().equals(app))
                .filter(folder -> calls.allows(request, folder, Permission.VIEW))
                .toList();
        if (seen.isEmpty()) {
            throw Calls.nothing(request);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", seen.stream().map(folder -> about(request, folder)).toList());
        answer.put("next", null);
        return Response.json(answer);
    }

    private Response get(Request request) {
        return Response.json(about(request, folder(request, calls)));
    }

    private Response change(Request request) {
        FolderDefinition folder = folder(request, calls);
        Object active = calls.allows(request, folder, Permission.ADMIN) ? request.object().get("is_active") : true;
        if (!(active instanceof Boolean open)) {
            throw Refusal.invalid("The folder", "/is_active", "type", "must be true or false");
        }
        Input input = new Input.Documents(OptionalLong.empty(), new DocumentRequest.OpenFolder(open));
        return Response.json(calls.call(request, folder.ref(), input));
    }

    private @Nullable Object about(Request request, FolderDefinition folder) {
        Input input = new Input.Documents(OptionalLong.empty(), new DocumentRequest.AboutFolder());
        return calls.call(request, folder.ref(), input);
    }

    /// The folder behind the address; one that the caller may not see is none.
    static FolderDefinition folder(Request request, Calls calls) {
        return calls.snapshot().find(request.param("app") + ".folders." + request.param("folder"))
                .filter(FolderDefinition.class::isInstance)
                .map(FolderDefinition.class::cast)
                .orElseThrow(() -> Calls.nothing(request));
    }
}
