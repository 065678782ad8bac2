package dev.appos.authoring;

import dev.appos.object.AppDefinition;
import dev.appos.object.Permission;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.Schedule;
import dev.appos.registry.Problem;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds schedules that share a name, and those that could never start their process.
final class ScheduleCheck {

    private final Map<String, String> processes = new HashMap<>();

    void check(ProcessDefinition process, Collection<AppDefinition> apps, Faults faults) {
        for (Schedule schedule : process.triggers().schedules()) {
            String other = processes.putIfAbsent(schedule.id(), process.ref().toString());
            if (other != null) {
                faults.add(problem(process,
                        "two schedules are called " + schedule.id() + ": of " + other + " and of " + process.ref(),
                        "Give one of them another name = \"…\"."));
            }
            Set<String> starters = new TreeSet<>(process.access().groups().getOrDefault(Permission.USE, Set.of()));
            starters.addAll(process.access().groups().getOrDefault(Permission.ADMIN, Set.of()));
            Optional<AppDefinition> app =
                    apps.stream().filter(each -> each.name().equals(process.ref().app())).findFirst();
            boolean reached = app.map(each -> !Collections.disjoint(each.groups(), starters)).orElse(true);
            if (schedule.runsAs().isEmpty() && !reached) {
                faults.add(problem(process,
                        "the schedule of " + process.ref().name() + " never starts it: the app's own account is in no "
                                + "group that may",
                        "Name a group of the app in use = …, or an account that may in runsAs = \"…\"."));
            }
        }
    }

    private static Problem problem(ProcessDefinition process, String message, String remedy) {
        return new Problem(process.source().file(), process.source().line(), 1, message, remedy);
    }
}
