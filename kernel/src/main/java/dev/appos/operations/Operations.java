package dev.appos.operations;

import dev.appos.base.Ids;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.identity.Accounts;
import dev.appos.secure.Directory;
import dev.appos.secure.GroupGuard;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// What the platform offers on users, groups, grants, credentials, agents, policies, approvals and the audit, and
/// several calls as one.
public final class Operations {

    /// The parts of the platform that are administered.
    public record Parts(
            Directory directory,
            GroupGuard guard,
            Accounts accounts,
            Policies policies,
            PolicyGovernor governor,
            StoredApprovals approvals,
            Ids ids,
            Clock clock) {}

    private final Parts parts;

    public Operations(Parts parts) {
        this.parts = parts;
    }

    /// Every rule, for a [dev.appos.dispatch.PlatformEngine].
    public List<PlatformRule> all() {
        Delegation delegation = new Delegation(parts.guard());
        return Stream.of(
                        new UserOperations(parts, delegation).all(),
                        new GroupOperations(parts, delegation).all(),
                        new MembershipOperations(parts, delegation).all(),
                        new GrantOperations(parts, delegation).all(),
                        new PublicOperations(parts).all(),
                        new CredentialOperations(parts, delegation).all(),
                        new SessionOperations(parts).all(),
                        new SecondFactorOperations(parts, delegation).all(),
                        new AgentOperations(parts, delegation).all(),
                        new PolicyOperations(parts).all(),
                        new ApprovalOperations(parts).all(),
                        new AuditOperations().all(),
                        new TransactionRules().all(),
                        new EventRules(parts.guard()).all())
                .flatMap(List::stream)
                .toList();
    }
}
