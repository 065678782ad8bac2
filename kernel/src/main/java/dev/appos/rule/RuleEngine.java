package dev.appos.rule;

import dev.appos.base.Refusal;
import dev.appos.cache.Changes;
import dev.appos.dispatch.Arguments;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.RuleDefinition;
import java.util.function.LongSupplier;

/// Serves `…rules.…`: a rule that cannot write is a reading operation and costs no transaction, and its answer may
/// be kept for a while if it says so.
public final class RuleEngine implements Engine {

    private final RuleCache cache;

    /// @param changes of records, which end what was kept of them
    /// @param rights  a number that moves when anybody's rights do
    public RuleEngine(Changes changes, LongSupplier rights) {
        this(changes, rights, System::nanoTime);
    }

    /// @param nanoTime a clock that only goes forward
    RuleEngine(Changes changes, LongSupplier rights, LongSupplier nanoTime) {
        this.cache = new RuleCache(changes, rights, nanoTime);
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (!(definition instanceof RuleDefinition rule) || !(input instanceof Input.Run run)) {
            throw Refusal.malformed(
                    definition.ref() + " is a rule; it can only be run.", "POST its inputs to its rpc address.");
        }
        Object[] arguments = Arguments.of(rule.ref().toString(), rule.parameters(), run.arguments());
        String object = "rules." + rule.ref().name();
        Operation.Work work = _ -> visible.snapshot().code(rule.ref().app()).call(object, arguments);
        if (rule.writes()) {
            return new Operation.Write(work);
        }
        return new Operation.Read(rule.keptFor().<Operation.Work>map(life ->
                permit -> cache.answer(permit, rule, life, run.arguments(), work)).orElse(work));
    }
}
