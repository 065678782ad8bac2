package dev.appos.operations;

import dev.appos.base.Json;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.RecordDefinition;
import dev.appos.secure.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What narrows a permission on a record beyond yes and no.
final class RowsAndFields {

    private RowsAndFields() {}

    /// An explanation with the row filters that are asked for this user, and the fields he does not see or write.
    static @Nullable Object beside(Permit permit, Principal user, Definition definition, @Nullable Object explanation) {
        if (!(definition instanceof RecordDefinition record)) {
            return explanation;
        }
        Visibility visible = permit.visibleTo(user);
        Set<String> hidden = visible.hidden(record);
        Map<String, Object> answer = new LinkedHashMap<>(Json.object(explanation, "The explanation"));
        answer.put("row_filters", visible.filters(record));
        answer.put("hidden_fields", hidden.stream().sorted().toList());
        answer.put("read_only_fields", visible.fixed(record).stream()
                .filter(field -> !hidden.contains(field))
                .sorted()
                .toList());
        return answer;
    }
}
