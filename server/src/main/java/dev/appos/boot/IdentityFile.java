package dev.appos.boot;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.YamlNode;
import dev.appos.base.YamlReader;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.OidcProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads `identity.yaml`: who else may vouch for people, by a name of its own each.
final class IdentityFile {

    private static final String FILE = "identity.yaml";
    private static final Set<String> KEYS = Set.of("oidc");
    private static final Set<String> PROVIDER_KEYS = new TreeSet<>(
            Set.of("label", "issuer", "client_id", "client_secret_env", "new_users_groups"));

    private final Function<String, Optional<String>> environment;
    private final Consumer<YamlReader.Fault> faults;

    private IdentityFile(Function<String, Optional<String>> environment, Consumer<YamlReader.Fault> faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /// The providers of a platform's folder; none without the file.
    ///
    /// @param environment the variables of the process
    /// @param addressed   whether it is known where people reach the platform
    /// @throws Refusal naming the first fault with its line
    static List<OidcProvider> read(
            Path home, Function<String, Optional<String>> environment, boolean addressed) {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<YamlReader.Fault> faults = new ArrayList<>();
        IdentityFile reader = new IdentityFile(environment, faults::add);
        List<OidcProvider> providers =
                new YamlReader().read(text(file), faults::add).map(reader::providers).orElse(List.of());
        if (!addressed && !providers.isEmpty()) {
            faults.add(new YamlReader.Fault(1, 1, "a provider needs server.public_url in appos.yaml",
                    "Write the address at which people reach the platform."));
        }
        if (!faults.isEmpty()) {
            YamlReader.Fault first = faults.getFirst();
            throw Refusal.malformed(
                    FILE + ":" + first.line() + ":" + first.column() + ": " + first.message(), first.remedy());
        }
        return providers;
    }

    private List<OidcProvider> providers(YamlNode node) {
        List<OidcProvider> providers = new ArrayList<>();
        if (mapping(node, FILE, KEYS).values().get("oidc") instanceof YamlNode.Mapping all) {
            all.values().forEach((name, each) -> provider(name, each).ifPresent(providers::add));
        }
        return providers;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Refusal.unavailable(file + " cannot be read: " + e.getMessage(), "Check its permissions.");
        }
    }

    private Optional<OidcProvider> provider(String name, YamlNode node) {
        YamlNode.Mapping block = mapping(node, "oidc." + name, PROVIDER_KEYS);
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            fault(node, "a provider is not called " + name, "Use lower-case letters, digits and -.");
        }
        Optional<URI> issuer = text(block, "issuer").flatMap(value -> address(block, "issuer", value));
        Optional<String> client = text(block, "client_id");
        if (issuer.isEmpty() || client.isEmpty()) {
            fault(node, "oidc." + name + " needs issuer and client_id", "Write both.");
            return Optional.empty();
        }
        Optional<String> variable = text(block, "client_secret_env");
        if (variable.isPresent() && (!variable.get().startsWith("APPOS_OIDC_")
                || environment.apply(variable.get()).isEmpty())) {
            fault(block.values().get("client_secret_env"),
                    "client_secret_env must name a variable that is set and begins with APPOS_OIDC_",
                    "Put the secret of the client into the environment, and its variable here.");
        }
        Optional<List<String>> groups = Optional.ofNullable(block.values().get("new_users_groups"))
                .map(this::texts);
        return Optional.of(new OidcProvider(
                name, text(block, "label").orElse(name), issuer.get(), client.get(), variable.flatMap(environment),
                groups));
    }

    private YamlNode.Mapping mapping(YamlNode node, String path, Set<String> keys) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            fault(node, path + " must hold keys", "Write key: value, one a line.");
            return new YamlNode.Mapping(Map.of(), Map.of(), node.line(), node.column());
        }
        mapping.values().keySet().stream().filter(key -> !keys.contains(key)).forEach(key ->
                fault(mapping.keys().get(key), "there is no key " + path + "." + key, Nearest.remedy(key, keys)));
        return mapping;
    }

    private List<String> texts(YamlNode node) {
        if (node instanceof YamlNode.Sequence list
                && list.items().stream().allMatch(YamlNode.Scalar.class::isInstance)) {
            return list.items().stream().map(YamlNode.Scalar.class::cast).map(YamlNode.Scalar::text).toList();
        }
        fault(node, "new_users_groups must be a list of groups", "Write new_users_groups: [a_group], or [].");
        return List.of();
    }

    private static Optional<String> text(YamlNode.Mapping block, String key) {
        return Optional.ofNullable(block.values().get(key))
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .map(YamlNode.Scalar::text);
    }

    private Optional<URI> address(YamlNode.Mapping block, String key, String value) {
        try {
            URI address = URI.create(value);
            boolean web = Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null && address.getQuery() == null && address.getUserInfo() == null;
            if (web) {
                return Optional.of(address);
            }
        } catch (IllegalArgumentException _) {
            // Told below, like every other text that is no address.
        }
        fault(block.values().get(key), key + " is no address", "Write it like https://appos.example.org.");
        return Optional.empty();
    }

    private void fault(YamlNode place, String message, String remedy) {
        faults.accept(new YamlReader.Fault(place.line(), place.column(), message, remedy));
    }
}
