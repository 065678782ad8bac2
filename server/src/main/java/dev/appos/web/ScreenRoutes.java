package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.AppDefinition;
import dev.appos.object.Input;
import dev.appos.object.PageDefinition;
import dev.appos.object.Permission;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the console draws: the navigation of the caller, and the tree of a page.
final class ScreenRoutes {

    private static final int WIRE_VERSION = 1;

    private final Calls calls;
    private final String version;
    private final Supplier<String> name;

    /// @param name what the installation is called
    ScreenRoutes(Calls calls, String version, Supplier<String> name) {
        this.calls = calls;
        this.version = version;
        this.name = name;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/ui", "The apps and pages the caller may see.", this::navigation),
                Route.get("/api/ui/{app}/{page}", "The tree of a page.", this::page));
    }

    private Response navigation(Request request) {
        Snapshot snapshot = calls.snapshot();
        List<Map<String, Object>> apps = new ArrayList<>();
        snapshot.apps().values().stream().sorted(Comparator.comparing(AppDefinition::title)).forEach(app -> {
            List<Map<String, Object>> pages = snapshot.ofKind(PageDefinition.class).stream()
                    .filter(page -> page.ref().app().equals(app.name()))
                    .filter(page -> calls.allows(request, page, Permission.VIEW))
                    .map(ScreenRoutes::entry)
                    .toList();
            if (!pages.isEmpty()) {
                apps.add(app(app, pages));
            }
        });
        return Response.json(Map.of("platform", Map.of("name", name.get(), "version", version), "apps", apps));
    }

    private static Map<String, Object> app(AppDefinition app, List<Map<String, Object>> pages) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", app.name());
        entry.put("title", app.title());
        entry.put("description", app.description());
        entry.put("theme", theme(app));
        entry.put("pages", pages);
        return entry;
    }

    private static Map<String, Object> entry(PageDefinition page) {
        return Map.of(
                "name", page.ref().name(), "title", page.title(), "route", page.route(), "icon", page.icon());
    }

    private static @Nullable Map<String, Object> theme(AppDefinition app) {
        return app.theme()
                .map(theme -> Map.<String, Object>of("h", theme.hue(), "c", theme.chroma()))
                .orElse(null);
    }

    private Response page(Request request) {
        Ref ref = Ref.parse(request.param("app") + ".pages." + request.param("page"))
                .orElseThrow(() -> Calls.nothing(request));
        Object root = calls.call(request, ref, new Input.Render());
        Snapshot snapshot = calls.snapshot();
        PageDefinition page = (PageDefinition) snapshot.find(ref).orElseThrow(() -> Dispatcher.unknown(ref));
        Optional<AppDefinition> app = snapshot.app(ref.app());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("v", WIRE_VERSION);
        answer.put("page", ref.toString());
        answer.put("app", ref.app());
        answer.put("route", page.route());
        answer.put("title", page.title());
        answer.put("theme", app.map(ScreenRoutes::theme).orElse(null));
        answer.put("root", root);
        return Response.json(answer);
    }
}
