package dev.appos.object;

import dev.appos.api.Schedule.Missed;
import java.util.Optional;

/// A time at which a process starts by itself.
///
/// @param id      the app's name for it: `crm.schedules.close_the_day`
/// @param missed  what becomes of times at which no server ran
/// @param enabled whether it runs until an operator says otherwise
/// @param runsAs  the service account it runs as; absent is the app's own
public record Schedule(String id, Cron cron, Missed missed, boolean enabled, Optional<String> runsAs) {}
