package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.openapi.Address;
import dev.appos.openapi.AppDocument;
import dev.appos.openapi.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses as an OpenAPI 3.1 document: made from the routes themselves, so none is missing and none is made up.
final class OpenApi {

    private static final Pattern NAMED = Pattern.compile("[{<](\\w+)[}>]");

    private static final Map<String, Object> KEY = Map.of("key", List.of());
    private static final Map<String, Object> BEARER = Map.of("bearer", List.of());
    private static final Map<String, Object> SESSION = Map.of("session", List.of());
    private static final Map<String, Object> SCHEMES = Map.of(
            "key", Map.of("type", "apiKey", "in", "header", "name", Authentication.KEY_HEADER),
            "bearer", Map.of("type", "http", "scheme", "bearer"),
            "session", Map.of("type", "apiKey", "in", "cookie", "name", SessionCookie.NAME));

    private OpenApi() {}

    /// One app as the caller may use it.
    static Response app(Request request, Calls calls, List<Route> routes, String version) {
        boolean stranger = request.caller().stranger();
        List<Address> addresses = routes.stream()
                .filter(route -> route.who() != Route.Who.LOGGED_IN || !stranger)
                .map(route -> new Address(route.method(), route.path(), route.summary()))
                .toList();
        Map<String, Object> document = calls.snapshot().app(request.param("app"))
                .flatMap(app -> AppDocument.of(app, calls.visible(request), addresses, version))
                .orElseThrow(() -> Calls.nothing(request));
        Map<String, Object> components = new LinkedHashMap<>(Json.object(document.get("components"), "components"));
        components.put("securitySchemes", SCHEMES);
        document.put("components", components);
        document.put("security", stranger ? List.of(Map.of()) : List.of(KEY, BEARER, SESSION));
        return Response.json(document);
    }

    /// Every address, and the names of the apps of which the caller may use something.
    static Response describe(Request request, Calls calls, List<Route> routes, String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            String path = route.path().replace('<', '{').replace('>', '}');
            paths.computeIfAbsent(path, _ -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route, calls));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "AppOS", "version", version));
        document.put("paths", paths);
        document.put("components", Map.of("securitySchemes", SCHEMES));
        document.put("x-apps", apps(request, calls));
        return Response.json(document);
    }

    private static List<String> apps(Request request, Calls calls) {
        Visibility visible = calls.visible(request);
        return calls.snapshot().definitions().stream()
                .filter(definition -> visible.allows(definition.ref(), Permission.VIEW))
                .map(definition -> definition.ref().app())
                .filter(app -> !app.equals(Ref.PLATFORM))
                .distinct()
                .toList();
    }

    private static Map<String, Object> operation(Route route, Calls calls) {
        Optional<PlatformDefinition> rule = calls.snapshot().find(route.summary())
                .filter(PlatformDefinition.class::isInstance).map(PlatformDefinition.class::cast);
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", rule.map(PlatformDefinition::description).orElse(route.summary()));
        List<Map<String, Object>> parameters = new ArrayList<>();
        Set<String> inPath = new HashSet<>();
        Matcher named = NAMED.matcher(route.path());
        while (named.find()) {
            inPath.add(named.group(1));
            parameters.add(Map.of(
                    "name", named.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        List<Parameter> inputs = rule.map(PlatformDefinition::parameters).orElse(List.of()).stream()
                .filter(input -> !inPath.contains(input.name())).toList();
        Map<String, Object> schema = Schemas.of(inputs);
        if (route.method().equals("GET")) {
            Json.object(schema.get("properties"), "properties").forEach((name, type) -> parameters.add(Map.of(
                    "name", name, "in", "query", "schema", type,
                    "required", Json.array(schema.get("required"), "required").contains(name))));
        } else if (!inputs.isEmpty()) {
            operation.put("requestBody", Map.of("content", Map.of(Response.JSON, Map.of("schema", schema))));
        }
        operation.put("parameters", parameters);
        operation.put("security", switch (route.who()) {
            case EVERYBODY -> List.of();
            case GRANTED -> List.of(KEY, BEARER, SESSION, Map.of());
            case LOGGED_IN -> List.of(KEY, BEARER, SESSION);
        });
        operation.put("responses", Map.of(
                "default", Map.of("description", "The answer, or a problem document (RFC 9457).")));
        return operation;
    }
}
