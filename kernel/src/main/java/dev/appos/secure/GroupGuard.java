package dev.appos.secure;

import dev.appos.api.Ctx;
import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision.Allow;
import dev.appos.secure.Decision.Deny;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides by groups: who is a member, which apps a group opens, what its members were granted.
///
/// The order of the questions is the order of [Check]; the first that says something decides, and if none does the
/// answer is no. An agent is decided as the account it acts for. Groups are looked up by the principal's name at each
/// decision, so a call that began before a member was removed does not carry the old groups along. A decision is made
/// once for each state of the directory and the apps, and remembered with that state.
public final class GroupGuard implements Guard {

    private static final Check[] CHECKS = Check.values();

    private final Supplier<Roster> rosters;
    private volatile @Nullable Decided decided;

    public GroupGuard(Directory directory) {
        this(directory::current);
    }

    /// @param rosters what the directory says at each moment
    GroupGuard(Supplier<Roster> rosters) {
        this.rosters = rosters;
    }

    @Override
    public Decision decide(Principal principal, Snapshot snapshot, Definition definition, Permission permission) {
        Roster roster = rosters.get();
        return switch (principal) {
            case Principal.Platform _ -> anew(roster, principal, snapshot, definition, permission);
            case Principal.User _, Principal.Agent _ -> decided(roster, snapshot).get(
                    principal.name(), definition, permission,
                    () -> anew(roster, principal, snapshot, definition, permission));
        };
    }

    private Decided decided(Roster roster, Snapshot snapshot) {
        Decided known = decided;
        if (known != null && known.isOf(roster, snapshot)) {
            return known;
        }
        Decided fresh = new Decided(roster, snapshot);
        decided = fresh;
        return fresh;
    }

    private static Decision anew(
            Roster roster, Principal principal, Snapshot snapshot, Definition definition, Permission permission) {
        Case asked = new Case(roster, Holder.of(roster, principal), snapshot, definition, permission);
        Decision decision = asked.decided();
        return decision == null ? nothing(asked) : decision;
    }

    @Override
    public Standing standing(Principal principal) {
        Roster roster = rosters.get();
        Holder holder = Holder.of(roster, principal);
        Roster.Account known = holder.account() == null ? null : roster.accounts().get(holder.account().name());
        Ctx.User account = known == null ? AccountView.without(principal) : AccountView.of(known);
        return new Standing(account, holder.platform() || holder.admin());
    }

    /// The same decision with every question on the way.
    public Explanation explain(Principal principal, Snapshot snapshot, Definition definition, Permission permission) {
        Roster roster = rosters.get();
        Case asked = new Case(roster, Holder.of(roster, principal), snapshot, definition, permission);
        List<String> chain = new ArrayList<>();
        for (Check check : CHECKS) {
            if (check == Check.ACCOUNT && asked.holder().agent() && asked.holder().account() != null) {
                chain.add(principal.name() + " is decided as " + asked.holder().account().name()
                        + ", whom it acts for; its skills, policies and budget are asked besides");
            }
            Decision decision = check.decide(asked);
            chain.add(check.title() + ": " + (decision == null ? "does not decide" : decision.rule()));
            if (decision != null) {
                boolean allowed = decision instanceof Allow;
                return new Explanation(
                        allowed, decision.rule(), chain, allowed ? List.of() : Remedy.of(asked, check));
            }
        }
        return new Explanation(false, nothing(asked).rule(), chain, Remedy.of(asked, null));
    }

    /// Whether the principal may pass this on to others: nobody grants what he does not hold.
    ///
    /// An agent never passes on more than the grants of its account, even if that account is an administrator's, and
    /// what the account holds as a member of the administrators' group does not count.
    public boolean holds(Principal principal, Snapshot snapshot, GrantPattern pattern, Permission permission) {
        Roster roster = rosters.get();
        Holder holder = Holder.of(roster, principal);
        if (principal instanceof Principal.Platform) {
            return true;
        }
        boolean person = principal instanceof Principal.User;
        if (holder.account() == null || person && holder.admin()) {
            return holder.account() != null;
        }
        Set<String> groups = holder.passesOn();
        boolean enters = pattern.app()
                .map(app -> app.equals(Ref.PLATFORM) || Check.door(roster, snapshot, app, groups) != null)
                .orElse(true);
        if (!enters) {
            return false;
        }
        Optional<Definition> object = pattern.exact().flatMap(snapshot::find);
        return roster.grants().holds(groups, pattern, permission)
                || person && object.isPresent()
                        && decide(principal, snapshot, object.get(), permission) instanceof Allow;
    }

    /// Whether the principal holds everything the members of a group hold, so that he may add to them: what was granted
    /// to it, and what apps and objects state for it.
    public boolean holdsAllOf(Principal principal, Snapshot snapshot, String group) {
        Roster roster = rosters.get();
        boolean granted = roster.grants().of(group).stream()
                .allMatch(grant -> holds(principal, snapshot, grant.pattern(), grant.permission()));
        boolean opened = roster.appGroups().entrySet().stream()
                .filter(entry -> entry.getValue().contains(group))
                .allMatch(entry -> enters(principal, snapshot, entry.getKey()));
        boolean apps = snapshot.apps().values().stream().allMatch(app ->
                (!app.groups().contains(group) || enters(principal, snapshot, app.name()))
                        && (!app.logic().contains(group) && !app.ui().contains(group) || holds(
                                principal, snapshot, GrantPattern.of(app.name() + ".*"), Permission.USE)));
        boolean stated = snapshot.definitions().stream().allMatch(definition -> definition.access().groups()
                .entrySet().stream()
                .filter(entry -> entry.getValue().contains(group))
                .allMatch(entry -> holds(
                        principal, snapshot, GrantPattern.of(definition.ref()), entry.getKey())));
        return granted && opened && apps && stated && seesAllOf(principal, snapshot, group);
    }

    /// Whether the principal sees the rows and fields that members of a group see. What a row filter makes of a group
    /// nobody can tell, so where there is one only a member adds members.
    private boolean seesAllOf(Principal principal, Snapshot snapshot, String group) {
        Standing standing = standing(principal);
        if (standing.everything() || standing.groups().contains(group)) {
            return true;
        }
        Roster roster = rosters.get();
        return snapshot.ofKind(RecordDefinition.class).stream()
                .filter(record -> Check.door(roster, snapshot, record.ref().app(), Set.of(group)) != null)
                .allMatch(record -> record.filters().isEmpty() && record.fields().stream()
                        .filter(field -> field.access().groups().values().stream().anyMatch(g -> g.contains(group)))
                        .allMatch(field -> field.writableBy(standing.groups())));
    }

    /// Whether the principal may enter an app; an agent only through a group of its account.
    public boolean enters(Principal principal, Snapshot snapshot, String app) {
        Roster roster = rosters.get();
        Holder holder = Holder.of(roster, principal);
        return principal instanceof Principal.Platform
                || principal instanceof Principal.User && holder.admin()
                || Check.door(roster, snapshot, app, holder.passesOn()) != null;
    }

    private static Decision nothing(Case asked) {
        Definition definition = asked.definition();
        boolean known = Check.OF_PLATFORM.concerns(definition)
                || asked.permission() != Permission.VIEW && asked.wanting(Permission.VIEW).decided() instanceof Allow;
        return new Deny(
                "no group of %s may %s %s".formatted(
                        asked.holder().name(), asked.permission().word(), definition.ref()),
                !known);
    }

    /// One question to the guard.
    record Case(
            Roster roster, Holder holder, Snapshot snapshot, Definition definition, Permission permission) {

        Case wanting(Permission other) {
            return new Case(roster, holder, snapshot, definition, other);
        }

        @Nullable Decision decided() {
            for (Check check : CHECKS) {
                Decision decision = check.decide(this);
                if (decision != null) {
                    return decision;
                }
            }
            return null;
        }
    }

    /// Whose permissions count.
    ///
    /// @param name    of the principal that asks
    /// @param account the active account whose groups decide, if there is one
    record Holder(String name, Principal.@Nullable User account, boolean platform, boolean agent) {

        static Holder of(Roster roster, Principal principal) {
            return switch (principal) {
                case Principal.Platform platform -> new Holder(platform.name(), null, true, false);
                case Principal.User user -> new Holder(user.name(), active(roster, user.name()), false, false);
                case Principal.Agent agent -> {
                    Roster.AgentEntry known = roster.agents().get(agent.name());
                    boolean active = known != null && known.active();
                    Principal.User account = active ? active(roster, known.agent().actsFor().name()) : null;
                    yield new Holder(agent.name(), account, false, true);
                }
            };
        }

        private static Principal.@Nullable User active(Roster roster, String name) {
            Roster.Account account = roster.accounts().get(name);
            return account != null && account.active() ? account.user() : null;
        }

        /// Whether it stands for everybody who has no account.
        boolean stranger() {
            return account != null && account.name().equals(Groups.PUBLIC_ACCOUNT);
        }

        boolean admin() {
            return account != null && account.type() == Principal.Type.SYSTEM_ADMIN;
        }

        Set<String> groups() {
            return account == null ? Set.of() : account.groups();
        }

        /// The groups whose rights it may pass on: for an agent never the administrators'.
        Set<String> passesOn() {
            return agent
                    ? groups().stream().filter(group -> !group.equals(Groups.ADMINS)).collect(Collectors.toSet())
                    : groups();
        }
    }
}
