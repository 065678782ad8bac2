package dev.appos.operations;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Arguments;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Directory;
import dev.appos.secure.GroupGuard;
import dev.appos.secure.IdentitySettings;
import dev.appos.secure.Passwords;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Serves `platform.rules.…`.
public final class OperationsEngine implements Engine {

    /// The parts of the platform that are administered.
    public record Parts(
            Directory directory,
            GroupGuard guard,
            Passwords passwords,
            IdentitySettings settings,
            Policies policies,
            PolicyGovernor governor,
            StoredApprovals approvals,
            Ids ids,
            Clock clock) {}

    private final Map<Ref, PlatformOperation> operations;

    public OperationsEngine(Parts parts) {
        Delegation delegation = new Delegation(parts.guard());
        this.operations = Stream.of(
                        new UserOperations(parts, delegation).operations(),
                        new GroupOperations(parts, delegation).operations(),
                        new GrantOperations(parts, delegation).operations(),
                        new CredentialOperations(parts, delegation).operations(),
                        new AgentOperations(parts, delegation).operations(),
                        new PolicyOperations(parts).operations(),
                        new ApprovalOperations(parts).operations(),
                        new AuditOperations().operations())
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(each -> each.definition().ref(), Function.identity()));
    }

    /// Every rule of the platform that this engine serves; they belong into the snapshot of the apps.
    public List<PlatformDefinition> definitions() {
        return operations.values().stream().map(PlatformOperation::definition).toList();
    }

    /// The same as rules of the platform.
    public List<PlatformRule> rules() {
        return operations.values().stream()
                .map(each -> new PlatformRule(
                        each.definition(),
                        (permit, inputs) -> each.body().run(permit, new Given(inputs))))
                .toList();
    }

    @Override
    public Operation prepare(Snapshot snapshot, Definition definition, Input input) {
        PlatformOperation operation = operations.get(definition.ref());
        if (operation == null || !(input instanceof Input.Run run)) {
            throw Refusal.malformed(
                    definition.ref() + " is a rule of the platform; it can only be run.", "Send it its inputs.");
        }
        PlatformDefinition platform = operation.definition();
        Given given = new Given(
                platform.parameters(),
                Arguments.of(platform.ref().toString(), platform.parameters(), run.arguments()));
        Operation.Work work = permit -> operation.body().run(permit, given);
        return platform.writes() ? new Operation.Write(work) : new Operation.Read(work);
    }
}
