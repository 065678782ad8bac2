package dev.appos.secure;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Who there is and what they were granted, as it stood at one version of the tables. Immutable.
///
/// @param directory   the version of users, groups, members, grants and agents it was read at
/// @param credentials the version of sessions and keys; what was remembered of them before is asked again
/// @param accounts    by user name
/// @param agents      by principal name: `agent:refunds`
/// @param appGroups   the groups linked to each app, active ones
record Roster(
        long directory,
        long credentials,
        Map<String, Account> accounts,
        Map<String, AgentEntry> agents,
        Map<String, Set<String>> appGroups,
        GrantIndex grants) {

    /// A user, active or not.
    record Account(UUID id, Principal.User user, boolean active, String language, String timeZone) {}

    /// An agent; active while it was not stopped and the account it acts for is active.
    record AgentEntry(UUID id, Principal.Agent agent, boolean active) {}

    Roster {
        accounts = Map.copyOf(accounts);
        agents = Map.copyOf(agents);
        appGroups = Map.copyOf(appGroups);
    }

    Roster withCredentials(long version) {
        return new Roster(directory, version, accounts, agents, appGroups, grants);
    }

    /// The id of the active user or agent of this name.
    Optional<UUID> id(String name) {
        Account account = accounts.get(name);
        return account != null
                ? Optional.of(account).filter(Account::active).map(Account::id)
                : Optional.ofNullable(agents.get(name)).filter(AgentEntry::active).map(AgentEntry::id);
    }

    /// The active user or agent of this name.
    Optional<Principal> principal(String name) {
        Account account = accounts.get(name);
        if (account != null) {
            return account.active() ? Optional.of(account.user()) : Optional.empty();
        }
        return Optional.ofNullable(agents.get(name)).filter(AgentEntry::active).map(AgentEntry::agent);
    }
}
