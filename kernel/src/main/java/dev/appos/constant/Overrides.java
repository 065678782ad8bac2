package dev.appos.constant;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.dispatch.Arguments;
import dev.appos.object.ConstantDefinition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/// The values that administrators set in place of the author's, in this environment. Read from the table at each use,
/// so that every server knows a new one at once.
final class Overrides {

    /// Characters of a value as JSON.
    static final int LONGEST_VALUE = 20_000;

    /// A value set by somebody.
    record Override(String json, String by, Instant at) {}

    private final String environment;

    Overrides(String environment) {
        this.environment = environment;
    }

    String environment() {
        return environment;
    }

    /// The value that holds: what was set, else what the author said for this environment.
    Object value(DSLContext sql, ConstantDefinition constant) {
        return sql.fetchOptional(
                        "select value::text from appos.constant_override where ref = ? and environment = ?",
                        constant.ref().toString(), environment)
                .map(row -> read(constant, row.get(0, String.class)))
                .orElseGet(() -> constant.in(environment));
    }

    /// What was set, by reference.
    Map<String, Override> all(DSLContext sql) {
        Map<String, Override> all = new HashMap<>();
        sql.fetch("select ref, value::text, set_by, set_at from appos.constant_override where environment = ?",
                        environment)
                .forEach(row -> all.put(row.get(0, String.class), new Override(
                        row.get(1, String.class),
                        row.get(2, String.class),
                        row.get(3, OffsetDateTime.class).toInstant())));
        return all;
    }

    void set(DSLContext sql, ConstantDefinition constant, Object value, String by, Instant at) {
        sql.execute(
                """
                insert into appos.constant_override (ref, environment, value, set_by, set_at)
                values (?, ?, ?::json, ?, ?::timestamptz)
                on conflict (ref, environment) do update
                set value = excluded.value, set_by = excluded.set_by, set_at = excluded.set_at
                """,
                constant.ref().toString(), environment, Json.write(Plain.of(value)), by, at.atOffset(ZoneOffset.UTC));
    }

    /// Whether there was one.
    boolean remove(DSLContext sql, ConstantDefinition constant) {
        return sql.execute(
                        "delete from appos.constant_override where ref = ? and environment = ?",
                        constant.ref().toString(), environment)
                > 0;
    }

    /// A value of the constant's type.
    ///
    /// @throws dev.appos.base.Refusal if it is of another, which a newer version of the app may have made of it
    static Object typed(ConstantDefinition constant, Object json) {
        return Optional.ofNullable(Arguments.of(
                        constant.ref().toString(), List.of(constant.value()), Map.of("value", json))[0])
                .orElseThrow();
    }

    static Object read(ConstantDefinition constant, String json) {
        return typed(constant, Optional.ofNullable(Json.read(json)).orElseThrow());
    }
}
