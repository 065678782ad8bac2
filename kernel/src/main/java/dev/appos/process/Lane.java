package dev.appos.process;

/// The three lanes of a node, each with room of its own: so that a burst of one kind of work keeps no other waiting,
/// and a process that waits for those it started never waits for the room it holds itself.
///
/// The order is that of the column.
enum Lane {
    /// Started by people and programs.
    DEFAULT,
    /// Started by a step of another process.
    STEPS,
    /// Started by a schedule, an event or the platform.
    SCHEDULED;

    /// The lane of an instance, by what led to its start.
    static Lane of(String trigger) {
        if (trigger.startsWith("process:")) {
            return STEPS;
        }
        boolean byItself =
                trigger.startsWith("schedule:") || trigger.startsWith("event:") || trigger.startsWith("system");
        return byItself ? SCHEDULED : DEFAULT;
    }
}
