package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.YamlNode;
import dev.appos.base.YamlReader;
import dev.appos.object.AppDefinition;
import dev.appos.registry.Problem;
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
import java.util.stream.Stream;

/// Reads what every `app.yaml` says. Each key has a default, and so has the file.
///
/// Keys may stand at the top or under `app:`. Kept are `name`, `title`, `short_name`, `description`, `groups`,
/// `security.defaults` and of `theme` the hue and the chroma; the others are checked and do nothing yet.
final class AppSettings {

    /// What a key holds.
    private enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        /// A list of group names.
        GROUPS,
        /// A list of group names, or such a list for each permission.
        ACCESS
    }

    private static final Map<String, Type> KEYS = keys();

    private static final double WIDEST_HUE = 360;

    /// Beyond this no screen shows a colour.
    private static final double STRONGEST_CHROMA = 0.4;
    private static final double USUAL_CHROMA = 0.1;

    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    /// Everyone who may enter the app.
    private static final String EVERYONE = "*";

    private final Faults faults;

    AppSettings(Faults faults) {
        this.faults = faults;
    }

    /// The apps by name, with or without a file.
    SortedMap<String, AppDefinition> read(SourceTree tree) {
        Map<String, Map<String, YamlNode>> values = new LinkedHashMap<>();
        for (String app : tree.apps()) {
            Map<String, YamlNode> found = new LinkedHashMap<>();
            Optional.ofNullable(tree.settings().get(app)).ifPresent(file ->
                    new YamlReader().read(file.text(), fault -> faults.add(of(file, fault))).ifPresent(root -> {
                        collect(file, unwrapped(file, root), "", found);
                        check(file, found);
                    }));
            values.put(app, found);
        }
        Set<String> known = new TreeSet<>();
        values.values().forEach(found -> texts(found, "groups").forEach(group -> known.add(group.text())));
        SortedMap<String, AppDefinition> apps = new TreeMap<>();
        values.forEach((app, found) -> {
            Optional.ofNullable(tree.settings().get(app)).ifPresent(file -> known(file, found, known));
            apps.put(app, definition(app, found));
        });
        return apps;
    }

    private static Problem of(SourceFile file, YamlReader.Fault fault) {
        return new Problem(file.path(), fault.line(), fault.column(), fault.message(), fault.remedy());
    }

    private static AppDefinition definition(String app, Map<String, YamlNode> values) {
        String title = text(values, "title").or(() -> text(values, "name")).orElse(Names.capital(app));
        Optional<AppDefinition.Theme> theme = number(values, "theme.hue").map(hue ->
                new AppDefinition.Theme(hue, number(values, "theme.chroma").orElse(USUAL_CHROMA)));
        return new AppDefinition(app, title, text(values, "description").orElse(""),
                texts(values, "groups").stream().map(YamlNode.Scalar::text).distinct().toList(),
                names(access(values, "security.defaults.logic", "use")),
                names(access(values, "security.defaults.ui", "view")), theme);
    }

    private YamlNode unwrapped(SourceFile file, YamlNode root) {
        if (root instanceof YamlNode.Mapping top && top.values().size() == 1 && top.values().containsKey("app")) {
            return top.values().get("app");
        }
        if (root instanceof YamlNode.Mapping top && top.values().containsKey("app")) {
            fault(file, top.keys().get("app"), "some keys stand under app and some beside it",
                    "Put all of them under app, or none.");
        }
        return root;
    }

    /// Flattens to `security.defaults.logic` and so on, and refuses what nobody knows.
    private void collect(SourceFile file, YamlNode node, String prefix, Map<String, YamlNode> found) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            fault(file, node, (prefix.isEmpty() ? "app.yaml" : prefix.substring(0, prefix.length() - 1))
                    + " must hold keys", "Write key: value, one a line.");
            return;
        }
        mapping.values().forEach((name, value) -> {
            String path = prefix + name;
            if (KEYS.containsKey(path)) {
                found.put(path, value);
            } else if (KEYS.keySet().stream().anyMatch(key -> key.startsWith(path + "."))) {
                collect(file, value, path + ".", found);
            } else if (!path.equals("app")) {
                Set<String> siblings = new TreeSet<>();
                KEYS.keySet().stream().filter(key -> key.startsWith(prefix))
                        .forEach(key -> siblings.add(key.substring(prefix.length()).split("\\.")[0]));
                fault(file, mapping.keys().get(name), "there is no key " + path, Nearest.remedy(name, siblings));
            }
        });
    }

    private void check(SourceFile file, Map<String, YamlNode> values) {
        values.forEach((path, value) -> {
            switch (KEYS.get(path)) {
                case TEXT -> {
                    if (!(value instanceof YamlNode.Scalar scalar) || scalar.kind() == YamlNode.Scalar.Kind.NOTHING) {
                        fault(file, value, path + " must be a text", "Write " + path + ": \"…\".");
                    }
                }
                case NUMBER -> scalar(file, path, value, YamlNode.Scalar.Kind.NUMBER, "a number");
                case BOOLEAN -> scalar(file, path, value, YamlNode.Scalar.Kind.BOOLEAN, "true or false");
                case GROUPS -> groups(file, path, value);
                case ACCESS -> {
                    if (value instanceof YamlNode.Mapping mapping) {
                        permissions(file, path, mapping);
                    } else {
                        groups(file, path, value);
                    }
                }
            }
        });
        range(file, values, "theme.hue", WIDEST_HUE);
        range(file, values, "theme.chroma", STRONGEST_CHROMA);
        for (String key : List.of("theme.primary_color", "theme.secondary_color", "theme.accent_color")) {
            text(values, key).filter(colour -> !COLOUR.matcher(colour).matches()).ifPresent(_ ->
                    fault(file, values.get(key), key + " is no colour", "Write it like \"#3B82F6\", in quotes."));
        }
        text(values, "short_name").filter(name -> !name.equals(file.app())).ifPresent(_ ->
                fault(file, values.get("short_name"), "the folder is the short name of the app: " + file.app(),
                        "Write short_name: " + file.app() + ", or rename the folder."));
    }

    private void scalar(
            SourceFile file, String path, YamlNode value, YamlNode.Scalar.Kind kind, String what) {
        if (!(value instanceof YamlNode.Scalar scalar) || scalar.kind() != kind) {
            fault(file, value, path + " must be " + what, "Write " + path + ": " + what + ".");
        }
    }

    private void groups(SourceFile file, String path, YamlNode value) {
        if (!(value instanceof YamlNode.Sequence) && texts(value).isEmpty()) {
            fault(file, value, path + " must be a list of groups", "Write " + path + ": [" + file.app() + "_users].");
        }
        if (value instanceof YamlNode.Sequence list) {
            list.items().stream().filter(item -> !(item instanceof YamlNode.Scalar)).forEach(item ->
                    fault(file, item, "a group is a name", "Write it like " + file.app() + "_users."));
        }
        for (YamlNode.Scalar group : texts(value)) {
            boolean everyone = group.text().equals(EVERYONE) && KEYS.get(path) == Type.ACCESS;
            if (!everyone && !GROUP.matcher(group.text()).matches()) {
                fault(file, group, "\"" + group.text() + "\" cannot name a group",
                        "Use lower-case letters, digits and _, such as " + file.app() + "_users.");
            }
        }
    }

    private void permissions(SourceFile file, String path, YamlNode.Mapping mapping) {
        List<String> words = List.of("view", "use", "create", "update", "delete", "admin");
        mapping.values().forEach((word, value) -> {
            if (words.contains(word)) {
                groups(file, path, value);
            } else {
                fault(file, mapping.keys().get(word), word + " is not a permission", Nearest.remedy(word, words));
            }
        });
    }

    /// Groups in the defaults must be declared by some app.
    private void known(SourceFile file, Map<String, YamlNode> values, Set<String> known) {
        for (String key : List.of("security.defaults.logic", "security.defaults.ui")) {
            Stream<YamlNode> lists = Stream.of(key).filter(values::containsKey).map(values::get)
                    .flatMap(value -> value instanceof YamlNode.Mapping m ? m.values().values().stream()
                            : Stream.of(value));
            lists.flatMap(list -> texts(list).stream())
                    .filter(group -> !group.text().equals(EVERYONE) && GROUP.matcher(group.text()).matches())
                    .filter(group -> !known.contains(group.text()))
                    .forEach(group -> fault(file, group, "no app.yaml declares the group " + group.text(),
                            Assembly.groupRemedy(group.text(), known)));
        }
    }

    private void range(SourceFile file, Map<String, YamlNode> values, String key, double most) {
        number(values, key).filter(n -> n < 0 || n > most).ifPresent(_ -> fault(file, values.get(key),
                key + " lies between 0 and " + most, "Write a number in between."));
    }

    /// Of lists by permission the one that lets in; a fault tells of anything else.
    private static List<YamlNode.Scalar> access(Map<String, YamlNode> values, String key, String permission) {
        return values.get(key) instanceof YamlNode.Mapping lists
                ? texts(lists.values(), permission)
                : texts(values, key);
    }

    private static List<YamlNode.Scalar> texts(Map<String, YamlNode> values, String key) {
        return values.containsKey(key) ? texts(values.get(key)) : List.of();
    }

    private static Set<String> names(List<YamlNode.Scalar> groups) {
        Set<String> names = new LinkedHashSet<>();
        groups.forEach(group -> names.add(group.text()));
        return names;
    }

    /// The texts of a list, or the one text that stands for a list of one.
    private static List<YamlNode.Scalar> texts(YamlNode value) {
        return switch (value) {
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Scalar.Kind.TEXT -> List.of(scalar);
            case YamlNode.Scalar _, YamlNode.Mapping _ -> List.of();
            case YamlNode.Sequence list -> list.items().stream()
                    .filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast).toList();
        };
    }

    private static Optional<String> text(Map<String, YamlNode> values, String key) {
        return values.get(key) instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NOTHING
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static Optional<Double> number(Map<String, YamlNode> values, String key) {
        return values.get(key) instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Scalar.Kind.NUMBER
                ? Optional.of(Double.valueOf(scalar.text()))
                : Optional.empty();
    }

    private void fault(SourceFile file, YamlNode place, String message, String remedy) {
        faults.add(new Problem(file.path(), place.line(), place.column(), message, remedy));
    }

    private static Map<String, Type> keys() {
        Map<String, Type> keys = new LinkedHashMap<>();
        List.of("name", "title", "short_name", "version", "description", "db_connected_system", "environment",
                        "theme.primary_color", "theme.secondary_color", "theme.accent_color", "theme.font_family",
                        "theme.border_radius").forEach(key -> keys.put(key, Type.TEXT));
        keys.put("groups", Type.GROUPS);
        keys.put("security.defaults.logic", Type.ACCESS);
        keys.put("security.defaults.ui", Type.ACCESS);
        keys.put("theme.hue", Type.NUMBER);
        keys.put("theme.chroma", Type.NUMBER);
        List.of("features.audit", "features.soft_delete", "features.document_versioning", "logging.process_logging",
                "logging.audit_logging", "logging.event_logging").forEach(key -> keys.put(key, Type.BOOLEAN));
        return keys;
    }
}
