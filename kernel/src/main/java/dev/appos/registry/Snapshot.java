package dev.appos.registry;

import dev.appos.api.AppCode;
import dev.appos.base.Ref;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every app as it stands at one moment. Immutable: a call keeps the snapshot it began with, and the classes of an old
/// one are unloaded when its last call ends.
public final class Snapshot {

    /// Nothing at all, before the first app is loaded.
    public static final Snapshot EMPTY = new Snapshot(Map.of(), List.of(), Map.of(), List.of(), Map.of());

    private final Map<String, AppDefinition> apps;
    private final SortedMap<Ref, Definition> definitions = new TreeMap<>();
    private final Map<String, Definition> byName;
    private final Map<String, RecordDefinition> resources;
    private final Map<String, AppCode> code;
    private final List<Reference> references;
    private final Map<String, String> sources;
    private final Compiled compiled;

    /// @param code    the bodies of each app's objects, by app
    /// @param sources the authors' files by path below the apps folder
    public Snapshot(
            Map<String, AppDefinition> apps,
            Collection<? extends Definition> definitions,
            Map<String, AppCode> code,
            List<Reference> references,
            Map<String, String> sources) {
        this(apps, definitions, code, references, sources, Compiled.NOTHING);
    }

    public Snapshot(
            Map<String, AppDefinition> apps,
            Collection<? extends Definition> definitions,
            Map<String, AppCode> code,
            List<Reference> references,
            Map<String, String> sources,
            Compiled compiled) {
        this.apps = Map.copyOf(apps);
        definitions.forEach(definition -> this.definitions.put(definition.ref(), definition));
        this.byName = new HashMap<>();
        this.definitions.forEach((ref, definition) -> byName.put(ref.toString(), definition));
        this.resources = new HashMap<>();
        ofKind(RecordDefinition.class)
                .forEach(record -> resources.put(record.ref().app() + "/" + record.plural(), record));
        this.code = Map.copyOf(code);
        this.references = List.copyOf(references);
        this.sources = Map.copyOf(sources);
        this.compiled = compiled;
    }

    /// The same picture with the platform's own objects added.
    public Snapshot with(Collection<? extends Definition> more) {
        List<Definition> all = new ArrayList<>(definitions.values());
        all.addAll(more);
        return new Snapshot(apps, all, code, references, sources, compiled);
    }

    public Map<String, AppDefinition> apps() {
        return apps;
    }

    public Optional<AppDefinition> app(String name) {
        return Optional.ofNullable(apps.get(name));
    }

    /// Every object, in the order of their references.
    public Collection<Definition> definitions() {
        return definitions.values();
    }

    public Optional<Definition> find(Ref ref) {
        return Optional.ofNullable(definitions.get(ref));
    }

    /// The object with this reference, without parsing it.
    public Optional<Definition> find(String ref) {
        return Optional.ofNullable(byName.get(ref));
    }

    /// The record type behind a resource: `customers` of app `crm`.
    public Optional<RecordDefinition> resource(String app, String plural) {
        return Optional.ofNullable(resources.get(app + "/" + plural));
    }

    /// The objects of one kind: `ofKind(RecordDefinition.class)`.
    public <D extends Definition> List<D> ofKind(Class<D> kind) {
        return definitions.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The bodies of an app's objects.
    public AppCode code(String app) {
        AppCode found = code.get(app);
        if (found == null) {
            throw new IllegalStateException("app " + app + " has no code");
        }
        return found;
    }

    public List<Reference> references() {
        return references;
    }

    public Map<String, String> sources() {
        return sources;
    }

    /// A fingerprint of everything an object runs: another one when it, or a helper it calls, was changed. Empty for
    /// what is not there and for what was not compiled.
    public String hash(Ref ref) {
        return compiled.hashes().getOrDefault(ref, "");
    }

    /// The classes that the body of a process can reach; empty for other objects and for what was not compiled.
    public Optional<Bundle> bundle(Ref process) {
        return compiled.bundles().apply(process);
    }
}
