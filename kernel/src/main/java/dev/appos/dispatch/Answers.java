package dev.appos.dispatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.appos.base.Refusal;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.PlatformDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The answers to calls that carry a key. Claimed before the work and in its transaction, so a second call with the key
/// waits for the first and then gets its answer.
final class Answers {

    private static final Table<?> ANSWER = table(name("appos", "answer"));
    private static final Field<String> PRINCIPAL = field(name("principal"), SQLDataType.CLOB);
    private static final Field<String> KEY = field(name("key"), SQLDataType.CLOB);
    private static final Field<String> REF = field(name("ref"), SQLDataType.CLOB);
    private static final Field<String> DIGEST = field(name("digest"), SQLDataType.CLOB);
    private static final Field<JSON> VALUE = field(name("answer"), SQLDataType.JSON);

    private static final Set<String> SHOWN_ONCE = Set.of("api_key", "secret", "otpauth_uri", "recovery_codes");

    /// An answer given earlier, in the form of [Typed]; `null` answers are kept too.
    record Given(String json) {}

    /// Under what an answer is kept.
    ///
    /// @param owner  the caller; for the start of a process with a key of its own, the process: whoever asks for it
    ///               gets the same
    /// @param digest of what may not be another under the same key
    record Key(String owner, String name, String digest) {

        static Optional<Key> of(String caller, Call call) {
            if (call.input() instanceof Input.Start start && start.options().key().isPresent()) {
                String digest = Call.of(call.ref(), new Input.Start(start.arguments())).digest();
                return Optional.of(new Key("start:" + call.ref(), start.options().key().get(), digest));
            }
            return call.key().map(key -> new Key(caller, key, call.digest()));
        }
    }

    /// Claims the key for this call, or finds what was answered to it.
    ///
    /// @throws Refusal if the key was used for another call
    Optional<Given> claim(DSLContext sql, Key key, Call call) {
        int claimed = sql.insertInto(ANSWER, PRINCIPAL, KEY, REF, DIGEST)
                .values(key.owner(), key.name(), call.ref().toString(), key.digest())
                .onConflictDoNothing()
                .execute();
        if (claimed == 1) {
            return Optional.empty();
        }
        Record2<String, JSON> earlier = sql.select(DIGEST, VALUE)
                .from(ANSWER)
                .where(PRINCIPAL.eq(key.owner()), KEY.eq(key.name()))
                .fetchSingle();
        if (!earlier.value1().equals(key.digest())) {
            throw Refusal.invalid(
                    "The idempotency key", "/idempotency_key", "reused", "was already used for a different call");
        }
        return Optional.of(new Given(earlier.value2().data()));
    }

    /// What is kept of an answer. A secret just made is shown once: whoever sends the call again gets the rest of it.
    static @Nullable Object kept(Definition definition, @Nullable Object answer) {
        if (!(definition instanceof PlatformDefinition)
                || !(answer instanceof Map<?, ?> values)
                || Collections.disjoint(values.keySet(), SHOWN_ONCE)) {
            return answer;
        }
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>(values);
        kept.replaceAll((name, value) -> SHOWN_ONCE.contains(name) ? null : value);
        return kept;
    }

    void give(DSLContext sql, Key key, @Nullable Object answer) {
        sql.update(ANSWER)
                .set(VALUE, JSON.valueOf(Typed.write(answer)))
                .where(PRINCIPAL.eq(key.owner()), KEY.eq(key.name()))
                .execute();
    }
}
