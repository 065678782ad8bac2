package dev.appos.authoring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What one method of an author does, or the code of a class outside its methods: what it touches and what it calls.
final class CodeUnit {

    /// An object that is touched.
    ///
    /// @param target its reference
    /// @param access `read`, `write`, `execute`, `render` or `type`
    /// @param member what of it is named: a method of a record or of its fields; empty for the whole
    record Use(String target, String access, String file, int line, String member) {}

    /// What some objects may not do: a process outside its steps, as it runs from the top again after every wait; a row
    /// filter, as it only states a condition.
    ///
    /// @param message with `%s` in the place of the object
    record Hazard(String message, String remedy, String file, int line, int column) {}

    private final String text;
    private final Set<Use> uses = new LinkedHashSet<>();
    private final Set<String> calls = new LinkedHashSet<>();
    private final Set<String> callsInSteps = new LinkedHashSet<>();
    private final Set<Hazard> hazards = new LinkedHashSet<>();
    private final Set<Hazard> callsOut = new LinkedHashSet<>();
    private final Map<String, String> signals = new LinkedHashMap<>();
    private boolean writes;
    private boolean catches;

    /// @param text the code without spaces and comments that say nothing to the machine
    CodeUnit(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    Set<Use> uses() {
        return uses;
    }

    /// The keys of the units it calls itself.
    Set<String> calls() {
        return calls;
    }

    /// The keys of the units that only its steps call.
    Set<String> callsInSteps() {
        return callsInSteps;
    }

    /// What it does outside steps that no process may.
    Set<Hazard> hazards() {
        return hazards;
    }

    /// Where it calls an object, which a row filter may not.
    Set<Hazard> callsOut() {
        return callsOut;
    }

    /// The signals it waits for: the binary name of each one's type.
    Map<String, String> signals() {
        return signals;
    }

    /// Whether it changes data of records it was handed.
    boolean writes() {
        return writes;
    }

    /// Whether it goes on after errors.
    boolean catches() {
        return catches;
    }

    void markCatching() {
        catches = true;
    }

    void markWriting() {
        writes = true;
    }
}
