package dev.appos.trace;

import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import java.time.Instant;
import java.util.Map;

/// One line to be.
record LogEntry(LogType type, Category category, Level level, Instant at, Map<String, Object> fields) {}
