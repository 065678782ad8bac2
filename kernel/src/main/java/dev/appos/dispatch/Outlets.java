package dev.appos.dispatch;

import dev.appos.base.Ids;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.JsonLog;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.time.Clock;

/// Where the door's ids and times come from, and where its traces go.
///
/// @param seal for the rows of the audit
public record Outlets(Ids ids, JsonLog log, AuditSeal seal, Meters meters, Spans spans, Clock clock) {}
