/// Starts processes by themselves: at the times of cron expressions.
///
/// Read [Scheduler] first. No server leads: each looks at [ScheduleTable] and starts what is due under a key that says
/// which time of which schedule it is, so that it is started once. [ScheduleRules] lets operators look and decide. An
/// engine: may import the spine, never another engine; it starts processes through the door.
@NullMarked
package dev.appos.schedule;

import org.jspecify.annotations.NullMarked;
