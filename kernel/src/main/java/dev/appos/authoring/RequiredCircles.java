package dev.appos.authoring;

import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds records that need each other: the first of them could never be created.
final class RequiredCircles {

    private final Map<Ref, RecordDefinition> records = new LinkedHashMap<>();
    private final Set<Ref> told = new HashSet<>();
    private final Faults faults;

    private RequiredCircles(Collection<Definition> definitions, Faults faults) {
        definitions.forEach(definition -> {
            if (definition instanceof RecordDefinition record) {
                records.put(record.ref(), record);
            }
        });
        this.faults = faults;
    }

    static void check(Collection<Definition> definitions, Faults faults) {
        RequiredCircles circles = new RequiredCircles(definitions, faults);
        circles.records.keySet().forEach(ref -> circles.follow(new ArrayList<>(List.of(ref)), new HashSet<>()));
    }

    /// @param seen what leads to no circle that begins here
    private void follow(List<Ref> path, Set<Ref> seen) {
        for (Ref next : needs(path.getLast())) {
            if (next.equals(path.getFirst()) && path.stream().noneMatch(told::contains)) {
                told.addAll(path);
                RecordDefinition first = records.get(next);
                String circle = path.stream().map(Ref::name).collect(Collectors.joining(" needs "));
                faults.add(new Problem(first.source().file(), first.source().line(), 1,
                        circle + " needs " + next.name() + ": the first of them could never be created",
                        "Take @NotNull away from one of these references."));
            } else if (seen.add(next)) {
                path.add(next);
                follow(path, seen);
                path.removeLast();
            }
        }
    }

    private List<Ref> needs(Ref ref) {
        RecordDefinition record = records.get(ref);
        return record == null ? List.of() : record.fields().stream()
                .filter(FieldDefinition::mustBeGiven)
                .flatMap(field -> field.target().stream())
                .map(target -> target.record())
                .toList();
    }
}
