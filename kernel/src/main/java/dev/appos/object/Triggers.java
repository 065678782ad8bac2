package dev.appos.object;

import dev.appos.base.Ref;
import java.util.List;
import java.util.Optional;

/// What starts a process besides those who start it. Records that do so know it themselves: see [RecordEvent].
///
/// @param told what apps tell of that starts it
public record Triggers(List<Schedule> schedules, List<Told> told) {

    /// Nothing does.
    public static final Triggers NONE = new Triggers(List.of(), List.of());

    /// Something that is told of.
    ///
    /// @param event `crm.events.order_paid`
    /// @param when  the rule that says for which of them
    public record Told(String event, Optional<Ref> when) {}

    public Triggers {
        schedules = List.copyOf(schedules);
        told = List.copyOf(told);
    }
}
