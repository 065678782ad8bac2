package dev.appos.config;

import dev.appos.base.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every key of one file.
public final class KeyTable {

    /// A key under one of its names.
    ///
    /// @param times what a number written there is multiplied by
    /// @param alias whether the name is not the key's own
    record Named(Key key, int times, boolean alias) {}

    private final List<Key> keys;
    private final Map<String, Named> byName = new LinkedHashMap<>();

    KeyTable(List<Key> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> {
            add(key.path(), new Named(key, 1, false));
            key.aliases().forEach(alias -> add(alias.path(), new Named(key, alias.times(), true)));
        });
    }

    private void add(String name, Named named) {
        if (byName.put(name, named) != null) {
            throw new IllegalStateException("two keys are called " + name);
        }
    }

    /// In the order in which people read them.
    public List<Key> keys() {
        return keys;
    }

    /// The key that is written so.
    public Optional<Key> find(String path) {
        return Optional.ofNullable(byName.get(path)).filter(named -> !named.alias()).map(Named::key);
    }

    Optional<Named> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Whether keys stand below this name.
    boolean section(String name) {
        return byName.keySet().stream().anyMatch(each -> each.startsWith(name + "."));
    }

    /// What the writer of an unknown name below `prefix` probably meant.
    String remedy(String prefix, String name) {
        Set<String> siblings = new TreeSet<>();
        byName.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> siblings.add(key.substring(prefix.length()).split("\\.")[0]));
        return Nearest.remedy(name, siblings);
    }

    /// The table of the reference, in Markdown.
    public String markdown() {
        return Stream.concat(
                        Stream.of("| key | holds | default | acts | means |", "|---|---|---|---|---|"),
                        keys.stream().map(KeyTable::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Key key) {
        String others = key.aliases().stream()
                .map(alias -> "`" + alias.path() + "`" + (alias.times() == 1 ? "" : " × " + alias.times()))
                .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s%s |".formatted(
                key.path(),
                key.type().words(),
                key.usual().isEmpty() ? "none" : "`" + key.usual() + "`",
                key.effect().words(),
                key.means(),
                others.isEmpty() ? "" : " Also: " + others + ".");
    }
}
