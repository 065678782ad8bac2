package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.YamlNode;
import dev.appos.config.AppKeys;
import dev.appos.config.Entry;
import dev.appos.config.Environment;
import dev.appos.config.Finding;
import dev.appos.config.Key;
import dev.appos.config.KeyReader;
import dev.appos.config.KeyType;
import dev.appos.object.AppDefinition;
import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads what every `app.yaml` says. Each key has a default, and so has the file; keys may stand at the top or under
/// `app:`. Which keys there are, [AppKeys] says; here is what only apps know: groups.
final class AppSettings {

    private static final double USUAL_CHROMA = 0.1;

    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*");
    private static final List<String> PERMISSIONS = List.of("view", "use", "create", "update", "delete", "admin");

    /// Everyone who may enter the app.
    private static final String EVERYONE = "*";

    private final Faults faults;
    private final Environment environment;
    private final List<Finding> warnings = new ArrayList<>();

    AppSettings(Faults faults, Environment environment) {
        this.faults = faults;
        this.environment = environment;
    }

    /// What the writers of the files should know, after they were read.
    List<Finding> warnings() {
        return warnings;
    }

    /// The apps by name, with or without a file.
    SortedMap<String, AppDefinition> read(SourceTree tree) {
        Map<String, Map<String, Entry>> values = new LinkedHashMap<>();
        for (String app : tree.apps()) {
            Map<String, Entry> found = new LinkedHashMap<>();
            Optional.ofNullable(tree.settings().get(app)).ifPresent(file ->
                    KeyReader.parse(file.path(), file.text(), this::tell).ifPresent(root -> {
                        found.putAll(KeyReader.ofApp(AppKeys.TABLE, file.path(), environment, this::tell)
                                .read(unwrapped(file, root)));
                        found.values().forEach(entry -> check(file, entry));
                    }));
            values.put(app, found);
        }
        Set<String> known = new TreeSet<>();
        values.values().forEach(found -> names(found, "groups").forEach(group -> known.add(group.text())));
        SortedMap<String, AppDefinition> apps = new TreeMap<>();
        values.forEach((app, found) -> {
            Optional.ofNullable(tree.settings().get(app)).ifPresent(file -> known(file, found, known));
            apps.put(app, definition(app, found));
        });
        return apps;
    }

    private void tell(Finding finding) {
        if (finding.warning()) {
            warnings.add(finding);
        } else {
            faults.add(new Problem(
                    finding.file(), finding.line(), finding.column(), finding.message(), finding.remedy()));
        }
    }

    private static AppDefinition definition(String app, Map<String, Entry> values) {
        String title = text(values, "title").or(() -> text(values, "name")).orElse(Names.capital(app));
        List<String> groups = names(values, "groups").stream().map(YamlNode.Scalar::text).distinct().toList();
        Set<String> logic = allowed(values, "security.defaults.logic", "use");
        Set<String> ui = allowed(values, "security.defaults.ui", "view");
        Map<String, Object> settings = new TreeMap<>();
        AppKeys.TABLE.keys().forEach(key -> settings.put(key.path(),
                Optional.ofNullable(values.get(key.path())).map(Entry::value).orElse(key.usualValue())));
        settings.put("title", title);
        settings.put("short_name", app);
        settings.put("groups", groups);
        settings.put("security.defaults.logic", List.copyOf(logic));
        settings.put("security.defaults.ui", List.copyOf(ui));
        return new AppDefinition(
                app, title, text(values, "description").orElse(""), groups, logic, ui, theme(values), settings);
    }

    private static Optional<AppDefinition.Theme> theme(Map<String, Entry> values) {
        return number(values, "theme.hue")
                .map(hue -> new AppDefinition.Theme(hue, number(values, "theme.chroma").orElse(USUAL_CHROMA)))
                .or(() -> text(values, "theme.primary_color").map(Colour::theme));
    }

    private YamlNode unwrapped(SourceFile file, YamlNode root) {
        if (!(root instanceof YamlNode.Mapping top) || !top.values().containsKey("app")) {
            return root;
        }
        if (top.values().size() == 1) {
            return top.values().get("app");
        }
        fault(file, top.keys().get("app"), "some keys stand under app and some beside it",
                "Put all of them under app, or none.");
        Map<String, YamlNode> rest = new LinkedHashMap<>(top.values());
        rest.remove("app");
        return new YamlNode.Mapping(rest, top.keys(), top.line(), top.column());
    }

    private void check(SourceFile file, Entry entry) {
        if (entry.key().type() instanceof KeyType.Groups) {
            groups(file, entry.key(), entry.node());
        }
        if (entry.key().type() instanceof KeyType.Access) {
            if (entry.node() instanceof YamlNode.Mapping mapping) {
                permissions(file, entry.key(), mapping);
            } else {
                groups(file, entry.key(), entry.node());
            }
        }
        if (entry.key().path().equals("short_name") && !entry.value().equals(file.app())) {
            fault(file, entry.node(), "the folder is the short name of the app: " + file.app(),
                    "Write short_name: " + file.app() + ", or rename the folder.");
        }
    }

    private void groups(SourceFile file, Key key, YamlNode value) {
        if (!(value instanceof YamlNode.Sequence) && names(value).isEmpty()) {
            fault(file, value, key.path() + " must be a list of groups",
                    "Write " + key.path() + ": [" + file.app() + "_users].");
        }
        if (value instanceof YamlNode.Sequence list) {
            list.items().stream().filter(item -> !(item instanceof YamlNode.Scalar)).forEach(item ->
                    fault(file, item, "a group is a name", "Write it like " + file.app() + "_users."));
        }
        for (YamlNode.Scalar group : names(value)) {
            boolean everyone = group.text().equals(EVERYONE) && key.type() instanceof KeyType.Access;
            if (!everyone && !GROUP.matcher(group.text()).matches()) {
                fault(file, group, "\"" + group.text() + "\" cannot name a group",
                        "Use lower-case letters, digits and _, such as " + file.app() + "_users.");
            }
        }
    }

    private void permissions(SourceFile file, Key key, YamlNode.Mapping mapping) {
        mapping.values().forEach((word, value) -> {
            if (PERMISSIONS.contains(word)) {
                groups(file, key, value);
            } else {
                fault(file, mapping.keys().get(word), word + " is not a permission",
                        Nearest.remedy(word, PERMISSIONS));
            }
        });
    }

    /// Groups in the defaults must be declared by some app.
    private void known(SourceFile file, Map<String, Entry> values, Set<String> known) {
        values.values().stream()
                .filter(entry -> entry.key().type() instanceof KeyType.Access)
                .flatMap(entry -> entry.node() instanceof YamlNode.Mapping lists
                        ? lists.values().values().stream()
                        : List.of(entry.node()).stream())
                .flatMap(list -> names(list).stream())
                .filter(group -> !group.text().equals(EVERYONE) && GROUP.matcher(group.text()).matches())
                .filter(group -> !known.contains(group.text()))
                .forEach(group -> fault(file, group, "no app.yaml declares the group " + group.text(),
                        Assembly.groupRemedy(group.text(), known)));
    }

    /// Of lists by permission the one that lets in; a fault tells of anything else.
    private static Set<String> allowed(Map<String, Entry> values, String key, String permission) {
        Set<String> names = new LinkedHashSet<>();
        Optional.ofNullable(values.get(key))
                .map(Entry::node)
                .map(node -> node instanceof YamlNode.Mapping lists ? lists.values().get(permission) : node)
                .ifPresent(node -> names(node).forEach(group -> names.add(group.text())));
        return names;
    }

    private static List<YamlNode.Scalar> names(Map<String, Entry> values, String key) {
        return values.containsKey(key) ? names(values.get(key).node()) : List.of();
    }

    /// The texts of a list, or the one text that stands for a list of one.
    private static List<YamlNode.Scalar> names(YamlNode value) {
        return switch (value) {
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Scalar.Kind.TEXT -> List.of(scalar);
            case YamlNode.Scalar _, YamlNode.Mapping _ -> List.of();
            case YamlNode.Sequence list -> list.items().stream()
                    .filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast).toList();
        };
    }

    private static Optional<String> text(Map<String, Entry> values, String key) {
        return Optional.ofNullable(values.get(key)).map(entry -> entry.value().toString());
    }

    private static Optional<Double> number(Map<String, Entry> values, String key) {
        return Optional.ofNullable(values.get(key)).map(entry -> (Double) entry.value());
    }

    private void fault(SourceFile file, YamlNode place, String message, String remedy) {
        faults.add(new Problem(file.path(), place.line(), place.column(), message, remedy));
    }
}
