package dev.appos.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One thing that can be set.
///
/// @param path    where it stands in the file, from the top: `server.port`
/// @param aliases other names under which it is taken, with a warning
/// @param usual   the value that holds when nothing is said, as it would be written; empty for none
/// @param secret  whether the value is shown to nobody
/// @param means   what follows from it, or why nothing does, in one sentence
public record Key(
        String path, List<Alias> aliases, KeyType type, String usual, Effect effect, boolean secret, String means) {

    private static final String HIDDEN = "********";

    /// Another name of a key.
    ///
    /// @param times what a number written here is multiplied by: 30 for months where the key counts days
    public record Alias(String path, int times) {}

    public Key {
        aliases = List.copyOf(aliases);
    }

    static Key of(String path, KeyType type, String usual, Effect effect, String means) {
        return new Key(path, List.of(), type, usual, effect, false, means);
    }

    /// The same key, also taken under another name.
    Key also(String other) {
        return also(other, 1);
    }

    Key also(String other, int times) {
        return new Key(
                path, Stream.concat(aliases.stream(), Stream.of(new Alias(other, times))).toList(), type, usual,
                effect, secret, means);
    }

    /// The same key, whose value is shown to nobody.
    Key hidden() {
        return new Key(path, aliases, type, usual, effect, true, means);
    }

    /// The environment variable that sets it: `APPOS_SERVER_PORT`.
    public String variable() {
        return "APPOS_" + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// The value that holds when nothing is said: a text, a `Long`, a `Double` or a `Boolean`; an empty text for none.
    public Object usualValue() {
        if (usual.isEmpty()) {
            return "";
        }
        return Scalars.of(this, usual, (message, _) -> {
            throw new IllegalStateException(message);
        }).orElseThrow();
    }

    /// A value of it as it may be shown: of an address what leads there and not what lets in.
    Object shown(Object value) {
        String written = value.toString();
        if (!secret || written.isEmpty()) {
            return value;
        }
        return written.contains("://")
                ? written.replaceFirst("//[^/@]*@", "//" + HIDDEN + "@").replaceFirst("\\?.*", "?" + HIDDEN)
                : HIDDEN;
    }
}
