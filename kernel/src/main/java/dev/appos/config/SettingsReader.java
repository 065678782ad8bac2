package dev.appos.config;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.YamlNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `appos.yaml`, the block and the file of the environment, and the environment variables, in this order: what
/// comes later replaces what came earlier. Each key has a default, and so has each file.
///
/// The environment is `APPOS_ENV`, then `--env`, then `platform.environment`, then dev.
public final class SettingsReader {

    /// What the settings of a platform are called.
    public static final String FILE = "appos.yaml";

    private static final String VARIABLE = "APPOS_ENV";
    private static final String PREFIX = "APPOS_";

    /// Variables that are no keys.
    private static final Set<String> OTHERS = Set.of(
            VARIABLE, "APPOS_ADMIN_PASSWORD", "APPOS_JAVA_HOME", "APPOS_JAVA_OPTS", "APPOS_FUNCTIONS_ONLY",
            "APPOS_SERVER", "APPOS_PASSWORD", "APPOS_API_KEY", "APPOS_SECRET");

    /// A larger file is not something a person wrote.
    private static final long LARGEST_FILE = 1_000_000;

    private final Path folder;
    private final Optional<String> named;
    private final Map<String, String> variables;

    /// What was read.
    ///
    /// @param values   what holds; where there are faults, without what is wrong
    /// @param findings faults and warnings, in the order of the places
    public record Reading(SettingValues values, List<Finding> findings) {

        public Reading {
            findings = List.copyOf(findings);
        }

        /// The values.
        ///
        /// @throws Refusal naming the first fault with its line, and how many there are
        public SettingValues orRefuse() {
            List<Finding> faults = Finding.faults(findings);
            if (faults.isEmpty()) {
                return values;
            }
            String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more: run appos validate)";
            throw Refusal.malformed(faults.getFirst().headline() + more, faults.getFirst().remedy());
        }
    }

    /// @param named     the environment named on the command line, if any
    /// @param variables the environment variables
    public SettingsReader(Path folder, Optional<String> named, Map<String, String> variables) {
        this.folder = folder;
        this.named = named;
        this.variables = Map.copyOf(variables);
    }

    /// The files there are, by name. Reading takes them as an argument, so that two readings can be compared.
    ///
    /// @throws Refusal if one cannot be read
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "appos{,.*}.yaml")) {
                found.forEach(file -> files.put(file.getFileName().toString(), text(file)));
            } catch (IOException e) {
                throw Refusal.unavailable(folder + " cannot be read: " + e.getMessage(), "Check its permissions.");
            }
        }
        return files;
    }

    /// Reads these files.
    ///
    /// @param fixed     the environment, once a server runs in it
    /// @param overrides what administrators said instead
    public Reading read(
            Map<String, String> files, Optional<Environment> fixed, Map<String, AdminValue> overrides) {
        List<Finding> findings = new ArrayList<>();
        Map<String, YamlNode> roots = new LinkedHashMap<>();
        files.forEach((name, text) -> KeyReader.parse(name, text, findings::add)
                .ifPresent(root -> roots.put(name, root)));
        Environment environment = fixed.orElseGet(() -> environment(roots.get(FILE), findings));
        Map<String, Setting> said = new LinkedHashMap<>();
        roots.forEach((name, root) -> {
            if (name.equals(FILE)) {
                main(root, environment, said, findings);
            }
        });
        roots.forEach((name, root) -> {
            if (!name.equals(FILE)) {
                other(name, root, environment, said, findings);
            }
        });
        variables(said, findings);
        said.put("platform.environment", chosen(said.get("platform.environment"), environment));
        overrides.forEach((path, override) -> override(path, override, said, findings));
        SettingValues values = new SettingValues(said);
        new CrossChecks(values, findings::add).run();
        return new Reading(values, findings);
    }

    private Environment environment(YamlNode root, List<Finding> findings) {
        Optional<String> stated = Optional.ofNullable(variables.get(VARIABLE)).filter(word -> !word.isEmpty());
        String word = stated.or(() -> named).or(() -> written(root)).orElse(Environment.DEV.word());
        Optional<Environment> found = Environment.of(word);
        if (found.isEmpty() && (stated.isPresent() || named.isPresent())) {
            findings.add(new Finding(stated.isPresent() ? VARIABLE : "--env", 0, 0, false,
                    "there is no environment " + Scalars.quote(word), Nearest.remedy(word, Environment.words())));
        }
        return found.orElse(Environment.DEV);
    }

    private static Optional<String> written(YamlNode root) {
        return root instanceof YamlNode.Mapping top
                        && top.values().get("platform") instanceof YamlNode.Mapping platform
                        && platform.values().get("environment") instanceof YamlNode.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private Setting chosen(Setting written, Environment environment) {
        Setting usual = Setting.usual(PlatformKeys.TABLE.find("platform.environment").orElseThrow());
        if (variables.containsKey(VARIABLE) && !variables.get(VARIABLE).isEmpty()) {
            return new Setting(usual.key(), environment.word(), Origin.ENVIRONMENT_VARIABLE, VARIABLE);
        }
        if (named.isPresent()) {
            return new Setting(usual.key(), environment.word(), Origin.ENVIRONMENT_VARIABLE, "--env");
        }
        return written == null ? usual : written;
    }

    private void main(
            YamlNode root, Environment environment, Map<String, Setting> said, List<Finding> findings) {
        if (!(root instanceof YamlNode.Mapping mapping)) {
            take(reader(FILE, environment, true, findings), FILE, root, Origin.FILE, said);
            return;
        }
        Map<String, YamlNode> common = new LinkedHashMap<>(mapping.values());
        YamlNode blocks = common.remove(PlatformKeys.ENVIRONMENTS);
        YamlNode rest = new YamlNode.Mapping(common, mapping.keys(), mapping.line(), mapping.column());
        take(reader(FILE, environment, true, findings), FILE, rest, Origin.FILE, said);
        if (blocks == null) {
            return;
        }
        if (!(blocks instanceof YamlNode.Mapping named)) {
            findings.add(new Finding(FILE, blocks.line(), blocks.column(), false,
                    "environments must hold one block an environment", "Write environments: {prod: …}."));
            return;
        }
        named.values().forEach((word, block) -> {
            YamlNode place = named.keys().get(word);
            if (Environment.of(word).isEmpty()) {
                findings.add(new Finding(FILE, place.line(), place.column(), false,
                        "there is no environment " + Scalars.quote(word),
                        Nearest.remedy(Scalars.quote(word), Environment.words())));
            }
            // Those of other environments are checked too: a slip in them would show only where it hurts most.
            boolean here = word.equals(environment.word());
            take(reader(FILE, environment, here, findings), FILE, block, Origin.ENVIRONMENT_BLOCK,
                    here ? said : new LinkedHashMap<>());
        });
    }

    private void other(
            String name, YamlNode root, Environment environment, Map<String, Setting> said,
            List<Finding> findings) {
        String word = name.substring("appos.".length(), name.length() - ".yaml".length());
        if (Environment.of(word).isEmpty()) {
            findings.add(new Finding(name, 1, 1, false, "there is no environment " + Scalars.quote(word),
                    Nearest.remedy(Scalars.quote(word), Environment.words())));
        }
        boolean here = word.equals(environment.word());
        take(reader(name, environment, here, findings), name, root, Origin.ENVIRONMENT_FILE,
                here ? said : new LinkedHashMap<>());
    }

    private KeyReader reader(String file, Environment environment, boolean here, List<Finding> findings) {
        return new KeyReader(PlatformKeys.TABLE, file, environment,
                new References(variables, here ? References.Mode.FOLLOW : References.Mode.LEAVE), findings::add);
    }

    private static void take(
            KeyReader reader, String file, YamlNode root, Origin origin, Map<String, Setting> said) {
        reader.read(root).forEach((path, entry) -> said.put(path, new Setting(
                entry.key(), entry.value(), origin,
                file + ":" + entry.node().line() + (entry.referred() ? " through an environment variable" : ""))));
    }

    private void variables(Map<String, Setting> said, List<Finding> findings) {
        Map<String, Key> known = new LinkedHashMap<>();
        PlatformKeys.TABLE.keys().forEach(key -> known.put(key.variable(), key));
        variables.keySet().stream().filter(name -> name.startsWith(PREFIX)).sorted().forEach(name -> {
            Key key = known.get(name);
            if (key == null && !OTHERS.contains(name) && !name.startsWith("APPOS_OIDC_")) {
                findings.add(new Finding(name, 0, 0, true, "no key is set by this environment variable",
                        Nearest.of(name, known.keySet()).map(near -> "Did you mean " + near + "?")
                                .orElse("The reference lists the keys: APPOS_ and the path, in capitals.")));
            } else if (key != null) {
                Scalars.of(key, variables.get(name), (message, remedy) ->
                                findings.add(new Finding(name, 0, 0, false, message, remedy)))
                        .ifPresent(value -> said.put(key.path(),
                                new Setting(key, value, Origin.ENVIRONMENT_VARIABLE, name)));
            }
        });
    }

    /// One that does not fit, because the platform is another version by now, is left aside and told.
    private static void override(
            String path, AdminValue override, Map<String, Setting> said, List<Finding> findings) {
        Optional<Key> key = PlatformKeys.TABLE.find(path).filter(found -> found.effect() == Effect.LIVE);
        key.flatMap(found -> Scalars.of(found, override.value(), (message, remedy) ->
                        findings.add(new Finding("an override", 0, 0, true, message, remedy))))
                .ifPresent(value -> said.put(path, new Setting(
                        key.orElseThrow(), value, Origin.OVERRIDE, override.by())));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw Refusal.malformed(
                        file + " has more than " + LARGEST_FILE + " bytes.", "Settings are short: write less.");
            }
            return Files.readString(file);
        } catch (MalformedInputException _) {
            throw Refusal.malformed(file + " is not text in UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw Refusal.unavailable(file + " cannot be read: " + e.getMessage(), "Check its permissions.");
        }
    }
}
