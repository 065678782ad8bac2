package dev.appos.operations;

import dev.appos.base.Ref;
import dev.appos.dispatch.Permit;
import dev.appos.identity.Users;
import dev.appos.object.Action;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.operations.Operations.Parts;
import dev.appos.registry.Snapshot;
import dev.appos.secure.GrantPattern;
import dev.appos.secure.Grants;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Accounts made for agents that act for nobody else: a service account and a group, granted what the skills need.
final class AgentAccounts {

    private static final Set<Permission> EVERYDAY = EnumSet.complementOf(EnumSet.of(Permission.ADMIN));

    private final Delegation delegation;
    private final Users users;
    private final Groups groups;
    private final Grants grants;

    AgentAccounts(Parts parts, Delegation delegation) {
        this.delegation = delegation;
        this.users = parts.accounts().users();
        this.groups = new Groups(parts.clock());
        this.grants = new Grants(parts.clock());
    }

    /// Makes the account of an agent, and answers its name.
    ///
    /// @throws dev.appos.base.Refusal if the caller does not hold what a skill needs
    String create(Permit permit, String agent, List<String> skills) {
        String name = "agent-" + agent;
        String by = permit.principal().name();
        Set<String> apps = new TreeSet<>();
        for (String skill : skills) {
            GrantPattern pattern = pattern(skill);
            pattern.app().filter(app -> !app.equals(Ref.PLATFORM)).ifPresent(apps::add);
            needs(permit.snapshot(), skill).forEach(permission -> delegation.holds(permit, pattern, permission));
        }
        apps.forEach(app -> delegation.opens(permit, "/skills", app));
        users.create(
                permit.sql(),
                name,
                new Users.Profile(
                        Optional.empty(),
                        Optional.of("Account of agent " + agent),
                        Optional.of(Principal.Type.SERVICE_ACCOUNT),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                by);
        groups.create(
                permit.sql(),
                new Groups.Group(
                        name, "system", "What agent " + agent + " may do", true, List.copyOf(apps), List.of(name)),
                by);
        skills.forEach(skill -> grants.add(
                permit.sql(), name, pattern(skill), needs(permit.snapshot(), skill), by));
        return name;
    }

    private static GrantPattern pattern(String skill) {
        String[] parts = skill.split("\\.");
        return GrantPattern.of(parts.length == 4 ? parts[0] + "." + parts[1] + "." + parts[2] : skill);
    }

    /// The permissions without which a skill is of no use.
    private static Set<Permission> needs(Snapshot snapshot, String skill) {
        String[] parts = skill.split("\\.");
        Optional<Definition> object = pattern(skill).exact().flatMap(snapshot::find);
        if (object.isEmpty()) {
            boolean records = parts.length < 3 || Set.of("records", "folders").contains(parts[1]);
            return records ? EVERYDAY : Set.of(Permission.VIEW, Permission.USE);
        }
        return switch (object.get()) {
            case PlatformDefinition platform -> Set.of(platform.needs());
            case RecordDefinition _, FolderDefinition _ -> parts.length == 4
                    ? Set.of(Action.valueOf(parts[3].toUpperCase(Locale.ROOT)).permission())
                    : EVERYDAY;
            case RuleDefinition _, ConstantDefinition _, ProcessDefinition _ -> Set.of(Permission.USE);
            case InterfaceDefinition _, PageDefinition _ -> Set.of(Permission.VIEW);
        };
    }
}
