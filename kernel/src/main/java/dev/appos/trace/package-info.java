/// What the platform leaves behind of what it does: the log, the audit and its chain, measurements, spans.
///
/// Read [JsonLog] first, then [LogType], which fixes what is written where. Nothing here decides anything, and nothing
/// here is told a value: callers hand in names, ids, durations and outcomes. May import `base`, `object` and `store`.
@NullMarked
package dev.appos.trace;

import org.jspecify.annotations.NullMarked;
