package dev.appos.config;

import dev.appos.base.YamlNode;
import dev.appos.base.YamlNode.Scalar.Kind;
import dev.appos.base.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the keys of one file: each is known, stands once and holds what it may hold, or a finding says where it does
/// not.
///
/// A value may be given for each environment: `port: {dev: 8080, prod: 80, default: 8080}`.
public final class KeyReader {

    private static final String OTHERWISE = "default";

    private final KeyTable keys;
    private final String file;
    private final Consumer<Finding> findings;
    private final Environment environment;
    private final References references;

    KeyReader(
            KeyTable keys, String file, Environment environment, References references, Consumer<Finding> findings) {
        this.keys = keys;
        this.file = file;
        this.environment = environment;
        this.references = references;
        this.findings = findings;
    }

    /// One for the file of an app, in which environment variables are not looked for: it is read by everybody.
    public static KeyReader ofApp(
            KeyTable keys, String file, Environment environment, Consumer<Finding> findings) {
        References none = new References(Map.of(), References.Mode.LITERAL);
        return new KeyReader(keys, file, environment, none, findings);
    }

    /// The root of a text; empty if it holds nothing or cannot be read.
    public static Optional<YamlNode> parse(String file, String text, Consumer<Finding> findings) {
        return new YamlReader().read(text, fault -> findings.accept(new Finding(
                        file, fault.line(), fault.column(), false, fault.message(), fault.remedy())))
                .filter(root -> !(root instanceof YamlNode.Scalar scalar) || !scalar.text().isBlank());
    }

    /// What stands below a node, by path.
    public Map<String, Entry> read(YamlNode root) {
        Map<String, Entry> found = new LinkedHashMap<>();
        collect(root, "", found);
        return found;
    }

    private void collect(YamlNode node, String prefix, Map<String, Entry> found) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            String section = prefix.isEmpty() ? file : prefix.substring(0, prefix.length() - 1);
            fault(node, section + " must hold keys", "Write key: value, one a line.");
            return;
        }
        mapping.values().forEach((name, value) -> {
            String path = prefix + name;
            YamlNode place = mapping.keys().get(name);
            Optional<KeyTable.Named> named = keys.named(path);
            if (named.isPresent()) {
                take(named.get(), place, value, path, found);
            } else if (keys.section(path)) {
                collect(value, path + ".", found);
            } else {
                fault(place, "there is no key " + Scalars.quote(path), keys.remedy(prefix, Scalars.quote(name)));
            }
        });
    }

    private void take(
            KeyTable.Named named, YamlNode place, YamlNode value, String path, Map<String, Entry> found) {
        Key key = named.key();
        if (found.containsKey(key.path())) {
            fault(place, path + " says again what stands in line " + found.get(key.path()).node().line(),
                    "Keep " + key.path() + " and take the other away.");
            return;
        }
        if (named.alias()) {
            warn(place, path + " is another name of " + key.path(), "Write " + key.path() + ": it stays.");
        }
        entry(key, value).map(entry -> times(entry, named.times())).ifPresent(entry -> {
            boolean said = !entry.value().toString().equals(key.usual());
            if (key.effect() == Effect.NONE && said) {
                warn(place, key.path() + " has no effect: " + key.means(), "Take it away, or leave it for others.");
            }
            found.put(key.path(), entry);
        });
    }

    private Optional<Entry> entry(Key key, YamlNode value) {
        return switch (key.type()) {
            case KeyType.Groups _, KeyType.Access _, KeyType.Anything _ ->
                    Optional.of(new Entry(key, value, "given", false));
            case KeyType.Text _, KeyType.Form _, KeyType.Whole _, KeyType.Decimal _, KeyType.Flag _,
                    KeyType.Choice _ -> switch (value) {
                case YamlNode.Scalar scalar -> scalar(key, scalar);
                case YamlNode.Mapping mapping when ofEnvironments(mapping) -> chosen(key, mapping);
                case YamlNode.Mapping _, YamlNode.Sequence _ -> {
                    fault(value, key.path() + " must be a single value", "Write " + key.path() + ": value.");
                    yield Optional.empty();
                }
            };
        };
    }

    private static boolean ofEnvironments(YamlNode.Mapping mapping) {
        return !mapping.values().isEmpty() && mapping.values().keySet().stream()
                .allMatch(name -> name.equals(OTHERWISE) || Environment.of(name).isPresent());
    }

    /// Those of other environments are checked too: a slip in them would show only where it hurts most.
    private Optional<Entry> chosen(Key key, YamlNode.Mapping mapping) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        References.Mode mode = references.mode() == References.Mode.LITERAL
                ? References.Mode.LITERAL
                : References.Mode.LEAVE;
        KeyReader elsewhere = new KeyReader(
                keys, file, environment, new References(references.variables(), mode), findings);
        String wanted = mapping.values().containsKey(environment.word()) ? environment.word() : OTHERWISE;
        mapping.values().forEach((name, value) -> {
            if (value instanceof YamlNode.Scalar scalar) {
                KeyReader reader = name.equals(wanted) ? this : elsewhere;
                reader.scalar(key, scalar).ifPresent(entry -> entries.put(name, entry));
            } else {
                fault(value, key.path() + " must be a single value", "Write " + name + ": value.");
            }
        });
        return Optional.ofNullable(entries.get(wanted));
    }

    private Optional<Entry> scalar(Key key, YamlNode.Scalar scalar) {
        if (scalar.kind() == Kind.NOTHING) {
            String wanted = key.type().words();
            fault(scalar, key.path() + " must be " + wanted, "Write " + key.path() + ": " + wanted + ".");
            return Optional.empty();
        }
        References.Resolved resolved = references.resolve(scalar.text());
        if (resolved.referred() && references.mode() == References.Mode.LEAVE) {
            return Optional.empty();
        }
        if (resolved.missing().isPresent()) {
            String name = resolved.missing().get();
            fault(scalar, key.path() + " refers to the environment variable " + name + ", which is not set",
                    "Set " + name + ", or write the value.");
            return Optional.empty();
        }
        return Scalars.of(key, resolved.text(), (message, remedy) -> fault(scalar, message, remedy))
                .map(value -> new Entry(key, scalar, value, resolved.referred()));
    }

    private Entry times(Entry entry, int times) {
        return entry.value() instanceof Long number && times != 1
                ? new Entry(entry.key(), entry.node(), number * times, entry.referred())
                : entry;
    }

    private void fault(YamlNode place, String message, String remedy) {
        findings.accept(new Finding(file, place.line(), place.column(), false, message, remedy));
    }

    private void warn(YamlNode place, String message, String remedy) {
        findings.accept(new Finding(file, place.line(), place.column(), true, message, remedy));
    }
}
