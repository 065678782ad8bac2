package dev.appos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fields to write, by column. Subclasses with one method a field are generated.
public abstract class Change {

    private final Map<String, Object> values = new LinkedHashMap<>();

    protected final void put(String column, Object value) {
        values.put(column, Plain.of(value));
    }

    /// What is set so far.
    public final Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
