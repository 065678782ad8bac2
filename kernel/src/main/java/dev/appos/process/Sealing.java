package dev.appos.process;

import dev.appos.api.Rejected;
import dev.appos.api.Words;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Typed;
import dev.appos.identity.ServerSecret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps values of one instance from everybody: sealed while it lives, a digest afterwards. Both are made with the
/// secret of the servers, so that a copy of the database tells neither the value nor whether a guess is right.
///
/// @param instance for which what is sealed is good, and for no other
record Sealing(ServerSecret secret, UUID instance) {

    /// Where a hidden value stands among the variables as they are kept.
    static final String MARK = "$hidden";

    /// How an answer that is sealed begins.
    static final String SEALED = "sealed:";

    private static final String DIGEST = "digest";
    private static final String KEPT = "sealed";

    /// A variable as it is kept while its instance lives.
    ///
    /// @param level `hidden` or `sensitive`
    /// @param json  its value
    Map<String, @Nullable Object> variable(String name, String level, String json) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put(MARK, level);
        kept.put(DIGEST, digest("variable " + name, json));
        kept.put(KEPT, secret.seal(place("variable " + name), json.getBytes(StandardCharsets.UTF_8)));
        return kept;
    }

    /// Whether this is how the variable is kept already.
    boolean same(@Nullable Object kept, String name, String level, String json) {
        return kept instanceof Map<?, ?> map && level.equals(map.get(MARK))
                && digest("variable " + name, json).equals(map.get(DIGEST));
    }

    /// A variable as it is kept once its instance is over: what was sealed is dropped.
    static @Nullable Object ended(@Nullable Object kept) {
        if (!hidden(kept)) {
            return kept;
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        ((Map<?, ?>) kept).forEach((key, value) -> rest.put((String) key, value));
        rest.remove(KEPT);
        return rest;
    }

    /// Whether a variable as it is kept is one that nobody may see.
    static boolean hidden(@Nullable Object kept) {
        return kept instanceof Map<?, ?> map && map.containsKey(MARK);
    }

    /// A fingerprint that only the servers can make.
    String digest(String purpose, String text) {
        return secret.proof("process " + purpose + " of " + instance, text);
    }

    /// Runs code, and hands out its answer sealed. Why it failed is not told either.
    Supplier<String> around(String path, Supplier<? extends @Nullable Object> body) {
        return () -> {
            try {
                byte[] answer = Typed.write(body.get()).getBytes(StandardCharsets.UTF_8);
                return SEALED + secret.seal(place("step " + path), answer);
            } catch (Refusal held) {
                throw held.reason() == Refusal.Reason.HELD ? held : failed();
            } catch (RuntimeException fault) {
                throw failed();
            }
        };
    }

    private static Rejected failed() {
        return Words.reject("The step failed; it is hidden, so why is not told.");
    }

    /// What code answered that ran sealed.
    @Nullable Object open(String path, @Nullable Object answer, ClassLoader apps) {
        byte[] text = secret.open(place("step " + path), String.valueOf(answer).substring(SEALED.length()));
        return Typed.read(new String(text, StandardCharsets.UTF_8), apps);
    }

    private String place(String what) {
        return "process " + instance + " " + what;
    }

    /// What people see in the place of an answer that is sealed.
    static @Nullable Object shown(@Nullable Object answer) {
        return answer instanceof String text && text.startsWith(SEALED) ? Map.of("hidden", true) : answer;
    }
}
