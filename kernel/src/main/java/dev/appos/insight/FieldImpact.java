package dev.appos.insight;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Reference;
import dev.appos.registry.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The impact of what was named: an object, or a field of a record as `crm.records.customer.email`.
public final class FieldImpact {

    private FieldImpact() {}

    /// As JSON-like values, the same from the API and from the command line. A field has the impact of its record, and
    /// `named_by` says whose code names it: others touch it only where they hand on whole records.
    ///
    /// @throws Refusal for what is not there, naming the nearest
    public static Map<String, Object> of(Graph graph, Snapshot snapshot, String written) {
        int dot = written.lastIndexOf('.');
        String beginning = dot < 0 ? written : written.substring(0, dot);
        boolean field = graph.has(beginning)
                && snapshot.find(beginning).orElse(null) instanceof RecordDefinition;
        if (!field) {
            return graph.impact(Graphs.known(graph, written)).values();
        }
        RecordDefinition record = (RecordDefinition) snapshot.find(beginning).orElseThrow();
        String name = written.substring(dot + 1);
        return of(graph, snapshot, record, record.field(name).orElseThrow(() -> Refusal.notFound(
                "field called " + name + " in " + beginning,
                Nearest.remedy(name, record.fields().stream().map(FieldDefinition::name).toList()))));
    }

    private static Map<String, Object> of(
            Graph graph, Snapshot snapshot, RecordDefinition record, FieldDefinition field) {
        SortedSet<String> named = new TreeSet<>();
        for (Reference reference : snapshot.references()) {
            boolean meant = reference.to().equals(record.ref())
                    && (Names.snake(reference.member()).equals(field.name())
                            || reference.member().equals(field.accessor()));
            if (meant && graph.has(reference.from().toString())) {
                named.add(reference.from().toString());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>(graph.impact(record.ref().toString()).values());
        values.put("field", field.name());
        values.put("named_by", named);
        values.put("recommendation", named.isEmpty()
                ? "No code names %s; it is touched only by screens, addresses and agents that hand on whole records."
                        .formatted(field.name())
                : "Check the code that names %s first: %s. Other users of %s touch it only where they hand on whole "
                        .formatted(field.name(), String.join(", ", named), record.ref()) + "records.");
        return values;
    }
}
