package dev.appos.process;

import dev.appos.api.AppCode;
import dev.appos.api.Door;
import dev.appos.api.Rule0;
import dev.appos.api.Rule1;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Pace;
import dev.appos.object.Parameter;
import dev.appos.object.ProcessCode;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Source;
import dev.appos.object.Triggers;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An app written by hand: what the compiler would make of an author's files.
class TestApp implements AppCode {

    /// The body of an object.
    interface Body {
        Object run(Object[] arguments) throws Throwable;
    }

    private static final Source SOURCE = new Source("crm/Test.java", 1);
    private static final Ref EFFECT = new Ref("crm", "records", "effect");

    private final Map<String, Body> bodies = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final String hash;

    TestApp() {
        this("v1");
    }

    /// @param hash of the code of all processes
    TestApp(String hash) {
        this.hash = hash;
        definitions.add(RecordDefinition.of(EFFECT, List.of(), Access.UNSTATED, SOURCE));
    }

    /// A process of one input called `id`.
    TestApp process(String name, Body body) {
        return process(name, Pace.FREE, body);
    }

    /// One that must be over in this time.
    TestApp process(String name, Duration timeout, Body body) {
        return process(name, Pace.FREE.within(timeout), body);
    }

    TestApp process(String name, Pace pace, Body body) {
        bodies.put("processes." + name, body);
        definitions.add(new ProcessDefinition(
                new Ref("crm", "processes", name), "", "Onboard customer {customerId}",
                List.of(parameter("customer_id")), pace, hash, false, Triggers.NONE, Access.UNSTATED, SOURCE));
        return this;
    }

    /// A process that waits for one signal.
    TestApp process(String name, Map<String, Class<?>> signals, Body body) {
        process(name, body);
        Map<String, String> types = new HashMap<>();
        signals.forEach((signal, type) -> types.put(signal, type.getName()));
        ProcessDefinition made = (ProcessDefinition) definitions.removeLast();
        definitions.add(made.with(new ProcessCode(made.codeHash(), made.catches(), types)));
        return this;
    }

    /// A rule of one input called `value`.
    TestApp rule(String name, boolean writes, Body body) {
        bodies.put("rules." + name, body);
        definitions.add(new RuleDefinition(
                new Ref("crm", "rules", name), "", List.of(parameter("value")), "Object", writes, Optional.empty(),
                Access.UNSTATED, SOURCE));
        return this;
    }

    private static Parameter parameter(String name) {
        return new Parameter(name, ValueType.LONG, Optional.empty(), false, List.of());
    }

    static <R> Rule1<Long, R> rule(String name) {
        return new Rule1<>("crm.rules." + name);
    }

    static <R> Rule0<R> rule0(String name) {
        return new Rule0<>("crm.rules." + name);
    }

    /// Writes a row in the transaction of the call: what a step did and cannot undo.
    static void effect(String name) {
        Door.current().create(EFFECT.toString(), Map.of("name", name));
    }

    Snapshot snapshot() {
        AppDefinition crm = new AppDefinition(
                "crm", "CRM", "", List.of(), Set.of(), Set.of(), Optional.empty());
        return new Snapshot(Map.of("crm", crm), definitions, Map.of("crm", this), List.of(), Map.of());
    }

    @Override
    public Object call(String object, Object[] arguments) throws Throwable {
        return bodies.get(object).run(arguments);
    }
}
