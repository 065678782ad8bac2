package dev.appos.dispatch;

import dev.appos.base.Ids;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.JsonLog;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/// Outlets for tests that are about something else: no collector, and a key that nobody else has.
public final class TestOutlets {

    private TestOutlets() {}

    public static Outlets of(Ids ids, JsonLog log, Clock clock) {
        return new Outlets(ids, log, seal(ids), new Meters(clock), Spans.NONE, clock, () -> 20);
    }

    public static AuditSeal seal(Ids ids) {
        return new AuditSeal(ids.secret(AuditSeal.LEAST_KEY_BYTES).getBytes(StandardCharsets.UTF_8));
    }
}
