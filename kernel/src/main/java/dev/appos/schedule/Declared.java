package dev.appos.schedule;

import dev.appos.base.Ref;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.Schedule;
import dev.appos.registry.Snapshot;
import java.util.List;

/// A schedule with the process it starts.
record Declared(Schedule schedule, Ref process) {

    static List<Declared> all(Snapshot snapshot) {
        return snapshot.ofKind(ProcessDefinition.class).stream()
                .flatMap(process -> process.triggers().schedules().stream()
                        .map(each -> new Declared(each, process.ref())))
                .toList();
    }

    String id() {
        return schedule.id();
    }

    /// The account it runs as.
    String account() {
        return schedule.runsAs().orElseGet(() -> Scheduler.account(process.app()));
    }
}
