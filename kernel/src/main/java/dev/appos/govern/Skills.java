package dev.appos.govern;

import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.Action;
import dev.appos.object.Definition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The entrances of an agent: `crm.records.customer`, `crm.records.customer.get`, `crm.rules.*`, `crm.*`.
public final class Skills {

    private Skills() {}

    /// Whether one of the skills means this action on this object.
    public static boolean allow(Collection<String> skills, Ref ref, Action action) {
        String object = ref.toString();
        return skills.contains(object)
                || skills.contains(object + "." + action.word())
                || skills.contains(ref.app() + "." + ref.kind() + ".*")
                || skills.contains(ref.app() + ".*");
    }

    /// The same for an action as it is written: `crm.records.customer.get`. What is no object of the platform needs no
    /// skill.
    public static boolean allow(Collection<String> skills, Snapshot snapshot, String action) {
        String[] parts = action.split("\\.", -1);
        if (parts.length != 3 && parts.length != 4) {
            return true;
        }
        String object = parts[0] + "." + parts[1] + "." + parts[2];
        return snapshot.find(object).isEmpty()
                || skills.contains(object)
                || skills.contains(action)
                || skills.contains(parts[0] + "." + parts[1] + ".*")
                || skills.contains(parts[0] + ".*");
    }

    /// What is wrong with these skills: a form that means nothing, an object there is not, something it cannot do.
    public static List<Fault> faults(Snapshot snapshot, List<String> skills) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < skills.size(); i++) {
            String path = "/skills/" + i;
            fault(snapshot, skills.get(i)).ifPresent(message -> faults.add(new Fault(path, "unknown", message)));
        }
        return faults;
    }

    private static Optional<String> fault(Snapshot snapshot, String skill) {
        String[] parts = skill.split("\\.", -1);
        if (skill.endsWith(".*") && parts.length <= 3) {
            String beginning = skill.substring(0, skill.length() - 1);
            boolean any = snapshot.definitions().stream().anyMatch(d -> d.ref().toString().startsWith(beginning));
            return any ? Optional.empty() : Optional.of(skill + " means no object. " + nearest(snapshot, skill));
        }
        if (parts.length != 3 && parts.length != 4) {
            return Optional.of(skill + " is not a skill. " + nearest(snapshot, skill));
        }
        Optional<Definition> object = snapshot.find(parts[0] + "." + parts[1] + "." + parts[2]);
        if (object.isEmpty()) {
            return Optional.of("there is no " + skill + ". " + nearest(snapshot, skill));
        }
        List<String> verbs = verbs(object.get());
        return parts.length == 3 || verbs.contains(parts[3])
                ? Optional.empty()
                : Optional.of(parts[3] + " is nothing one can do with " + object.get().ref() + ". "
                        + Nearest.remedy(parts[3], verbs));
    }

    private static String nearest(Snapshot snapshot, String written) {
        Set<String> known = new TreeSet<>();
        snapshot.definitions().stream().filter(d -> !(d instanceof PlatformDefinition)).forEach(definition -> {
            known.add(definition.ref().toString());
            known.add(definition.ref().app() + ".*");
            known.add(definition.ref().app() + "." + definition.ref().kind() + ".*");
        });
        return Nearest.of(written, known).map(word -> "Did you mean " + word + "?")
                .orElse("Write app.kind.name, app.kind.name.action, app.kind.* or app.*");
    }

    private static List<String> verbs(Definition definition) {
        boolean record = definition instanceof RecordDefinition;
        return Arrays.stream(Action.values())
                .filter(action -> record == switch (action) {
                    case LIST, GET, CREATE, UPDATE, DELETE, TRASH, RESTORE, PURGE -> true;
                    case FOLLOW, RUN, READ, START, STEP, RENDER -> false;
                })
                .map(Action::word)
                .toList();
    }
}
