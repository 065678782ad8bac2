package dev.appos.boot;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.YamlNode;
import dev.appos.base.YamlNode.Scalar.Kind;
import dev.appos.base.YamlReader;
import dev.appos.identity.IdentitySettings;
import dev.appos.store.DatabaseSettings;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `appos.yaml`. Every key has a default, and so has the file. A key that is not known, and a value that does not
/// fit, are refused with file, line and what to write: a setting that is not understood must not be overlooked.
///
/// Values for one environment stand below `environments.{name}` and replace those above. The environment is
/// `APPOS_ENV`, then `--env`, then `platform.environment`.
public final class SettingsFile {

    private static final String FILE = "appos.yaml";
    private static final String ENVIRONMENTS = "environments";
    private static final int LARGEST_PORT = 65_535;
    private static final int LARGEST_POOL = 500;
    private static final int DEAREST_CALL = 1_000_000;

    private enum Type {
        TEXT,
        NUMBER
    }

    private static final Map<String, Type> KEYS = keys();

    private final List<YamlReader.Fault> faults = new ArrayList<>();
    private final Map<String, YamlNode.Scalar> values = new LinkedHashMap<>();
    private IdentitySettings identity = IdentitySettings.DEFAULT;

    private SettingsFile() {}

    /// The settings of the platform in a folder.
    ///
    /// @param env the environment named on the command line, if any
    /// @throws Refusal naming every fault with its line
    public static Settings read(Path folder, @Nullable String env) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Settings.of(folder);
        }
        SettingsFile settings = new SettingsFile();
        Optional<YamlNode> root = new YamlReader().read(text(file), settings.faults::add);
        root.ifPresent(node -> settings.collectAll(node, env));
        Settings read = settings.faults.isEmpty() ? settings.settings(folder) : Settings.of(folder);
        if (!settings.faults.isEmpty()) {
            YamlReader.Fault first = settings.faults.getFirst();
            String more = settings.faults.size() == 1 ? "" : " (and " + (settings.faults.size() - 1) + " more)";
            throw Refusal.malformed(
                    FILE + ":" + first.line() + ":" + first.column() + ": " + first.message() + more, first.remedy());
        }
        return read;
    }

    private void collectAll(YamlNode root, @Nullable String env) {
        if (!(root instanceof YamlNode.Mapping mapping)) {
            fault(root, FILE + " must hold keys", "Write key: value, one a line.");
            return;
        }
        Map<String, YamlNode> common = new LinkedHashMap<>(mapping.values());
        YamlNode environments = common.remove(ENVIRONMENTS);
        YamlNode people = common.remove("identity");
        if (people != null) {
            identity = new IdentityFile(name -> Optional.ofNullable(System.getenv(name)), faults::add).read(people);
        }
        collect(new YamlNode.Mapping(common, mapping.keys(), mapping.line(), mapping.column()), "", values);
        if (environments == null) {
            return;
        }
        if (!(environments instanceof YamlNode.Mapping named)) {
            fault(environments, ENVIRONMENTS + " must hold one block an environment", "Write environments: {prod: …}.");
            return;
        }
        String stated = Optional.ofNullable(values.get("platform.environment")).map(YamlNode.Scalar::text).orElse("");
        String chosen = Optional.ofNullable(System.getenv("APPOS_ENV"))
                .orElse(env == null ? stated : env);
        if (!chosen.isEmpty() && !named.values().containsKey(chosen)) {
            fault(environments, "there is no environment " + chosen,
                    Nearest.remedy(chosen, named.values().keySet()));
        }
        named.values().forEach((name, block) -> {
            // Those of other environments are checked too: a slip in them would show only where it hurts most.
            Map<String, YamlNode.Scalar> found = name.equals(chosen) ? values : new LinkedHashMap<>();
            collect(block, "", found);
        });
    }

    private void collect(YamlNode node, String prefix, Map<String, YamlNode.Scalar> found) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            fault(node, prefix.replaceFirst("\\.$", "") + " must hold keys", "Write key: value, one a line.");
            return;
        }
        mapping.values().forEach((name, value) -> {
            String path = prefix + name;
            if (KEYS.containsKey(path)) {
                if (!(value instanceof YamlNode.Scalar scalar)) {
                    fault(value, path + " must be a single value", "Write " + path + ": value.");
                } else if (fits(path, scalar)) {
                    found.put(path, scalar);
                }
            } else if (KEYS.keySet().stream().anyMatch(key -> key.startsWith(path + "."))) {
                collect(value, path + ".", found);
            } else {
                fault(mapping.keys().get(name), "there is no key " + path, Nearest.remedy(name, siblings(prefix)));
            }
        });
    }

    private static TreeSet<String> siblings(String prefix) {
        TreeSet<String> siblings = new TreeSet<>();
        KEYS.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> siblings.add(key.substring(prefix.length()).split("\\.")[0]));
        return siblings;
    }

    private boolean fits(String path, YamlNode.Scalar value) {
        boolean fits = switch (KEYS.get(path)) {
            case TEXT -> value.kind() != Kind.NOTHING;
            case NUMBER -> value.kind() == Kind.NUMBER && value.text().matches("\\d{1,9}");
        };
        if (!fits) {
            String wanted = KEYS.get(path) == Type.TEXT ? "a text" : "a whole number";
            fault(value, path + " must be " + wanted, "Write " + path + ": " + wanted + ".");
        }
        return fits;
    }

    private Settings settings(Path folder) {
        Settings usual = Settings.of(folder);
        int pool = number("database.pool_size", usual.poolSize(), 1, LARGEST_POOL);
        Optional<DatabaseSettings> database = text("database.url").filter(this::isAddress).map(url ->
                new DatabaseSettings(
                        url, text("database.user").orElse("appos"), text("database.password").orElse(""), pool));
        return new Settings(
                folder,
                usual.state(),
                text("server.host").orElse(usual.host()),
                number("server.port", usual.port(), 0, LARGEST_PORT),
                pool,
                database,
                number("agents.call_cents", usual.callCents(), 0, DEAREST_CALL),
                identity);
    }

    private boolean isAddress(String url) {
        boolean fits = url.startsWith("jdbc:postgresql:");
        if (!fits) {
            fault(values.get("database.url"), "database.url is no address of PostgreSQL",
                    "Write it like jdbc:postgresql://127.0.0.1:5432/appos.");
        }
        return fits;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(YamlNode.Scalar::text);
    }

    private int number(String key, int usual, int least, int most) {
        YamlNode.Scalar value = values.get(key);
        if (value == null) {
            return usual;
        }
        int number = Integer.parseInt(value.text());
        if (number < least || number > most) {
            fault(value, key + " lies between " + least + " and " + most, "Write a number in between.");
        }
        return number;
    }

    private void fault(YamlNode place, String message, String remedy) {
        faults.add(new YamlReader.Fault(place.line(), place.column(), message, remedy));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException _) {
            throw Refusal.malformed(file + " is not text in UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw Refusal.unavailable(file + " cannot be read: " + e.getMessage(), "Check its permissions.");
        }
    }

    private static Map<String, Type> keys() {
        Map<String, Type> keys = new LinkedHashMap<>();
        keys.put("platform.environment", Type.TEXT);
        keys.put("server.host", Type.TEXT);
        keys.put("server.port", Type.NUMBER);
        keys.put("database.url", Type.TEXT);
        keys.put("database.user", Type.TEXT);
        keys.put("database.password", Type.TEXT);
        keys.put("database.pool_size", Type.NUMBER);
        keys.put("agents.call_cents", Type.NUMBER);
        return keys;
    }
}
