package dev.appos.dispatch;

import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.object.Input;
import java.util.Map;
import java.util.Optional;

/// One use of one object.
///
/// @param ref   the object
/// @param input what is asked of it
/// @param key   what makes it one call however often it is sent: the `Idempotency-Key`, or `instance/step`
public record Call(Ref ref, Input input, Optional<String> key) {

    /// The longest key.
    public static final int LONGEST_KEY = 255;

    /// A call that runs as often as it is sent.
    public static Call of(Ref ref, Input input) {
        return new Call(ref, input, Optional.empty());
    }

    /// A fingerprint of exactly what would be done: object, action and arguments.
    public String digest() {
        return Digest.sha256(Json.canonical(
                Map.of("ref", ref.toString(), "action", input.action().word(), "values", input.values())));
    }

    @Override
    public String toString() {
        return ref + "." + input.action().word();
    }
}
