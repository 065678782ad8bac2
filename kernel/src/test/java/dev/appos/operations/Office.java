package dev.appos.operations;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.TestOutlets;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.object.Input;
import dev.appos.registry.Registry;
import dev.appos.secure.Apps;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import dev.appos.trace.JsonLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A platform whose administration is real and whose records only say that they were called.
final class Office implements AutoCloseable {

    final World world = new World();
    final Registry registry = new Registry();
    final Policies policies = new Policies(world.coherence, world.clock);
    final PolicyGovernor governor = new PolicyGovernor(policies, registry);
    final StoredApprovals approvals = new StoredApprovals(world.ids, world.clock);
    final PlatformEngine platform;
    final Principal root = world.user("root", Type.SYSTEM_ADMIN);
    private final JsonLog log;
    private final Dispatcher dispatcher;

    Office(Path folder) {
        log = new JsonLog(folder);
        platform = new PlatformEngine(new Operations(new Operations.Parts(
                world.directory, world.guard, world.accounts, policies, governor, approvals, world.ids,
                world.clock)).all());
        registry.swap(Apps.snapshot().with(platform.definitions()));
        Engine done = (_, definition, input) ->
                new Operation.Write(_ -> Map.of("ref", definition.ref().toString(), "action", input.action().word()));
        dispatcher = new Dispatcher(
                registry,
                world.database,
                new Judges(world.guard, governor, approvals, new StoredLedger(world.database, world.clock, () -> 1)),
                new Engines(done, done, done, done, platform),
                TestOutlets.of(world.ids, log, world.clock));
    }

    /// Runs a rule of the platform: `run(root, "create_group", "name", "sales")`.
    @SuppressWarnings("unchecked") // every operation answers an object
    Map<String, Object> run(Principal principal, String operation, Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return (Map<String, Object>) call(principal, "platform.rules." + operation, new Input.Run(arguments));
    }

    @SuppressWarnings("unchecked") // a page
    List<Map<String, Object>> items(Principal principal, String operation, Object... namesAndValues) {
        return (List<Map<String, Object>>) run(principal, operation, namesAndValues).get("items");
    }

    Object call(Principal principal, String ref, Input input) {
        Context context = new Context(principal, world.ids.execution(), world.clock.instant());
        return dispatcher.dispatch(context, Call.of(Ref.of(ref), input));
    }

    @SuppressWarnings("unchecked") // an operation that answers an object
    Map<String, Object> keyed(Principal principal, String operation, String key, Map<String, Object> arguments) {
        Context context = new Context(principal, world.ids.execution(), world.clock.instant());
        Ref ref = new Ref(Ref.PLATFORM, "rules", operation);
        return (Map<String, Object>)
                dispatcher.dispatch(context, new Call(ref, new Input.Run(arguments), Optional.of(key)));
    }

    Refusal refused(Runnable call) {
        try {
            call.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("was not refused");
    }

    static Input delete(long id) {
        return new Input.DeleteRecord(id, OptionalInt.empty());
    }

    @Override
    public void close() {
        log.close();
        world.close();
    }
}
