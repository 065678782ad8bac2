package dev.appos.dispatch;

import dev.appos.base.Ids;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.JsonLog;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.time.Clock;
import java.util.function.IntSupplier;

/// Where the door's ids and times come from, and where its traces go.
///
/// @param seal       for the rows of the audit
/// @param repeatable how often one line of app code may make the same call before the log tells of it; 0 for ever
public record Outlets(
        Ids ids, JsonLog log, AuditSeal seal, Meters meters, Spans spans, Clock clock, IntSupplier repeatable) {}
