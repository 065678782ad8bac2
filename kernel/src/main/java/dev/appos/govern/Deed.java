package dev.appos.govern;

import dev.appos.registry.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is about to be done, as policies look at it.
///
/// @param action   `crm.records.customer.update`
/// @param values   the arguments
/// @param variants the arguments once for each record that is written: what is to change is found there by the name of
///                 its field, in an update as in the creation of one record or of many
/// @param bulk     whether it changes or removes whatever fits a condition: which records that are is not known, so
///                 nothing is known of an argument that is not among the variants
record Deed(
        String action, Effect effect, Map<String, ?> values, List<Map<String, Object>> variants, boolean bulk) {

    private static final String ID = "id";

    static Deed of(Snapshot snapshot, String action, Map<String, ?> values) {
        boolean bulk = Effect.changesRecords(snapshot, action) && !values.containsKey(ID);
        return new Deed(action, Effect.of(snapshot, action, values), values, variants(values), bulk);
    }

    private static List<Map<String, Object>> variants(Map<String, ?> values) {
        List<Map<String, Object>> variants = new ArrayList<>();
        if (values.get("rows") instanceof List<?> rows) {
            rows.forEach(row -> variants.add(merged(values, row)));
        }
        if (variants.isEmpty()) {
            Map<String, Object> changed = merged(values, values.get("changes"));
            // What is to change never says which record it is.
            if (values.containsKey(ID)) {
                changed.put(ID, values.get(ID));
            } else {
                changed.remove(ID);
            }
            variants.add(changed);
        }
        return variants;
    }

    private static Map<String, Object> merged(Map<String, ?> values, Object row) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        if (row instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> merged.put(String.valueOf(name), value));
        }
        return merged;
    }
}
