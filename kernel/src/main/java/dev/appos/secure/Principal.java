package dev.appos.secure;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whoever makes a call: a person or a program with an account, an agent, or the platform itself.
public sealed interface Principal {

    /// As it stands in logs, audit and rows: `ana`, `agent:refunds`, `system:import`.
    String name();

    /// The form in which user names are kept and compared: lower case, no space around, and what looks alike is alike.
    static String normal(String username) {
        String lower = Normalizer.normalize(username, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC).strip();
    }

    /// What kind of account it is.
    enum Type {
        BASIC,
        SYSTEM_ADMIN,
        SERVICE_ACCOUNT;

        /// The word in JSON and in the database: `system_admin`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A person or a program with an account of its own.
    ///
    /// @param groups the active groups it is a member of
    record User(String name, Type type, Set<String> groups) implements Principal {

        public User {
            groups = Set.copyOf(groups);
        }
    }

    /// An AI agent. It can do what its account may, less what its policies forbid, as far as its budget goes.
    ///
    /// @param name     with the prefix `agent:`
    /// @param actsFor  the account whose permissions it uses
    /// @param policies the policies that judge it, every one of them
    /// @param skills   the objects it may call; absent is every one, empty is none
    record Agent(String name, User actsFor, List<String> policies, Optional<Set<String>> skills) implements Principal {

        public Agent {
            policies = List.copyOf(policies);
            skills = skills.map(Set::copyOf);
        }
    }

    /// The platform doing its own work.
    ///
    /// @param task what it does: `import`, `demo`
    record Platform(String task) implements Principal {

        @Override
        public String name() {
            return "system:" + task;
        }
    }
}
