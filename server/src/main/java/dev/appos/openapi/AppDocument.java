package dev.appos.openapi;

import dev.appos.dispatch.Visibility;
import dev.appos.object.AppDefinition;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The OpenAPI 3.1 document of one app, as one caller may use it: the platform's addresses, once for each object that
/// is not hidden from him, with the fields he sees.
public final class AppDocument {

    static final String PREFIX = "/api/{app}";

    private final AppDefinition app;
    private final Visibility visible;
    private final List<Address> addresses;
    private final Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    private final Map<String, Object> schemas = Shared.schemas();
    private final Map<String, Object> parameters = Shared.parameters();

    private AppDocument(AppDefinition app, Visibility visible, List<Address> addresses) {
        this.app = app;
        this.visible = visible;
        this.addresses = addresses.stream().map(address -> address.naming("app", app.name())).toList();
    }

    /// @param addresses those of all apps that the caller may reach
    /// @param version   of the platform
    /// @return nothing where nothing of the app is the caller's to know
    public static Optional<Map<String, Object>> of(
            AppDefinition app, Visibility visible, List<Address> addresses, String version) {
        AppDocument document = new AppDocument(app, visible, addresses.stream()
                .filter(address -> address.below(PREFIX)).toList());
        visible.snapshot().definitions().stream()
                .filter(definition -> definition.ref().app().equals(app.name()))
                .forEach(document::add);
        return document.paths.isEmpty() ? Optional.empty() : Optional.of(document.written(version));
    }

    private void add(Definition definition) {
        switch (definition) {
            case RecordDefinition record -> RecordParts.add(this, record);
            case RuleDefinition rule -> ObjectParts.add(this, rule);
            case ProcessDefinition process -> ObjectParts.add(this, process);
            case ConstantDefinition constant -> ObjectParts.add(this, constant);
            case FolderDefinition folder -> DocumentParts.add(this, folder);
            case InterfaceDefinition _, PageDefinition _, PlatformDefinition _ -> { }
        }
    }

    Visibility visible() {
        return visible;
    }

    /// The addresses below one, with the app filled in: `/v1/{records}`.
    List<Address> below(String prefix) {
        String whole = PREFIX.replace("{app}", app.name()) + prefix;
        return addresses.stream().filter(address -> address.below(whole)).toList();
    }

    /// What follows the prefix in a path.
    String rest(Address address, String prefix) {
        return address.path().substring(PREFIX.length() - "{app}".length() + app.name().length() + prefix.length());
    }

    void put(Address address, Operation operation) {
        paths.computeIfAbsent(address.path(), _ -> new LinkedHashMap<>())
                .put(address.method().toLowerCase(Locale.ROOT), operation.written());
    }

    void schema(String name, Object schema) {
        schemas.put(name, schema);
    }

    void parameter(String name, Object parameter) {
        parameters.put(name, parameter);
    }

    private Map<String, Object> written(String version) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", app.title());
        if (!app.description().isBlank()) {
            info.put("description", app.description());
        }
        info.put("version", version);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas);
        components.put("parameters", parameters);
        components.put("responses", Shared.responses());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info);
        document.put("paths", paths);
        document.put("components", components);
        return document;
    }
}
