package dev.appos.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;

/// The way from app code to every other object. Accessors call it; the platform implements it.
///
/// Rows are maps by column with Java values: `Long`, `Integer`, `String`, `BigDecimal`, `Boolean`, `LocalDate`,
/// `Instant`, `List`, `Map`; a reference is the id under `…_id` and, one level deep, the row under its own name.
/// Every method throws the platform's refusal when the call is not allowed or its input is not valid.
public interface Door {

    /// Bound by the platform for the length of a call.
    ScopedValue<Door> CURRENT = ScopedValue.newInstance();

    /// The door of the call that is running.
    ///
    /// @throws NoSuchElementException outside a call
    static Door current() {
        return CURRENT.orElseThrow(
                () -> new NoSuchElementException("App code runs only inside a call of the platform."));
    }

    /// Runs a rule.
    Object run(String ref, Object... arguments);

    /// The value of a constant.
    Object constant(String ref);

    /// Runs the object that a constant refers to, with inputs by name.
    Object runConstant(String ref, Map<String, Object> inputs);

    /// Starts a process and answers the id of its instance.
    UUID start(String ref, Object... arguments);

    /// Starts a process in a way of its own, with inputs by name, and answers the id of its instance.
    UUID start(Start how, Map<String, Object> inputs);

    /// Sends a signal to an instance of this process.
    void signal(String ref, UUID instance, String name, Object value);

    Map<String, Object> get(String ref, long id);

    List<Map<String, Object>> list(Selection selection);

    /// Values of records or figures of groups, by the names of the terms.
    List<Map<String, Object>> tabulate(Tabulation tabulation);

    long count(Selection selection);

    BigDecimal sum(Selection selection, String column);

    long create(String ref, Map<String, Object> values);

    /// Adds records, all or none; answers their ids.
    List<Long> createAll(String ref, List<Map<String, Object>> rows);

    /// Adds a record, or changes the one that is alike in these columns; answers its id.
    long upsert(String ref, Map<String, Object> values, List<String> key);

    /// Changes every record that fits; answers how many there are.
    long updateAll(String ref, Cond where, Map<String, Object> values);

    /// Removes every record that fits; answers how many there were.
    long deleteAll(String ref, Cond where);

    void update(String ref, long id, Map<String, Object> values);

    void delete(String ref, long id);

    /// What the `app.yaml` of the app says under a key.
    Object config(String key);

    /// Refuses unless the caller may see this field: asked before app code reads one that is restricted.
    void see(String ref, String column);

    /// What is known of the call that is running.
    Ctx ctx();
}
