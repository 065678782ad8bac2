package dev.appos.boot;

import dev.appos.base.Nearest;
import dev.appos.base.YamlNode;
import dev.appos.base.YamlReader;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.OidcProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads the block `identity` of `appos.yaml`: where people reach the platform, and who else may vouch for them.
final class IdentityFile {

    private static final Set<String> KEYS = new TreeSet<>(Set.of("public_url", "secure_cookie", "oidc"));
    private static final Set<String> PROVIDER_KEYS = new TreeSet<>(
            Set.of("label", "issuer", "client_id", "client_secret_env", "new_users_groups"));

    private final Function<String, Optional<String>> environment;
    private final Consumer<YamlReader.Fault> faults;

    /// @param environment the variables of the process
    /// @param faults      who is told what is wrong
    IdentityFile(Function<String, Optional<String>> environment, Consumer<YamlReader.Fault> faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /// The settings of the block; what is not said is as usual.
    IdentitySettings read(YamlNode node) {
        IdentitySettings usual = IdentitySettings.DEFAULT;
        YamlNode.Mapping block = mapping(node, "identity", KEYS);
        Optional<URI> site = text(block, "public_url").flatMap(value -> address(block, "public_url", value));
        boolean https = site.map(address -> "https".equals(address.getScheme())).orElse(false);
        boolean secure = text(block, "secure_cookie").map(value -> yes(block, value)).orElse(https);
        List<OidcProvider> providers = new ArrayList<>();
        YamlNode named = block.values().get("oidc");
        if (named instanceof YamlNode.Mapping all) {
            all.values().forEach((name, each) -> provider(name, each).ifPresent(providers::add));
        }
        if (named != null && site.isEmpty()) {
            fault(named, "identity.oidc needs identity.public_url",
                    "Write public_url: https://… , the address at which people reach the platform.");
        }
        return new IdentitySettings(usual.sessions(), usual.logins(), usual.passwords(), site, secure, providers);
    }

    private Optional<OidcProvider> provider(String name, YamlNode node) {
        YamlNode.Mapping block = mapping(node, "identity.oidc." + name, PROVIDER_KEYS);
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            fault(node, "a provider is not called " + name, "Use lower-case letters, digits and -.");
        }
        Optional<URI> issuer = text(block, "issuer").flatMap(value -> address(block, "issuer", value));
        Optional<String> client = text(block, "client_id");
        if (issuer.isEmpty() || client.isEmpty()) {
            fault(node, "identity.oidc." + name + " needs issuer and client_id", "Write both.");
            return Optional.empty();
        }
        Optional<String> variable = text(block, "client_secret_env");
        if (variable.isPresent() && (!variable.get().startsWith("APPOS_")
                || environment.apply(variable.get()).isEmpty())) {
            fault(block.values().get("client_secret_env"),
                    "client_secret_env must name a variable that is set and begins with APPOS_",
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

    private boolean yes(YamlNode.Mapping block, String value) {
        if (!Set.of("true", "false").contains(value)) {
            fault(block.values().get("secure_cookie"), "secure_cookie is true or false", "Write one of them.");
        }
        return value.equals("true");
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
