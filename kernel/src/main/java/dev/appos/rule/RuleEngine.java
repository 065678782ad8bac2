package dev.appos.rule;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Arguments;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;

/// Serves `…rules.…`: a rule that cannot write is a reading operation and costs no transaction.
public final class RuleEngine implements Engine {

    @Override
    public Operation prepare(Snapshot snapshot, Definition definition, Input input) {
        if (!(definition instanceof RuleDefinition rule) || !(input instanceof Input.Run run)) {
            throw Refusal.malformed(
                    definition.ref() + " is a rule; it can only be run.", "POST its inputs to its rpc address.");
        }
        Object[] arguments = Arguments.of(rule.ref().toString(), rule.parameters(), run.arguments());
        String object = "rules." + rule.ref().name();
        Operation.Work work = _ -> snapshot.code(rule.ref().app()).call(object, arguments);
        return rule.writes() ? new Operation.Write(work) : new Operation.Read(work);
    }
}
