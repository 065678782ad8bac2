package dev.appos.operations;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.secure.GrantPattern;
import dev.appos.secure.GroupGuard;
import dev.appos.secure.Principal;
import java.util.Optional;
import java.util.Set;

/// What one may pass on: nobody gives what he does not hold. That agents pass on nothing at all is a property of the
/// rules, [dev.appos.object.PlatformDefinition#personsOnly()], and the guard's to see to.
final class Delegation {

    private final GroupGuard guard;

    Delegation(GroupGuard guard) {
        this.guard = guard;
    }

    /// Whether the caller may administer by this rule, and not only use it for himself.
    static boolean administers(Permit permit) {
        return permit.allows(permit.definition().ref(), Permission.ADMIN);
    }

    /// Whether the caller is a person, or the platform, that may do everything.
    static boolean unlimited(Permit permit) {
        return switch (permit.principal()) {
            case Principal.Platform _ -> true;
            case Principal.User user -> user.type() == Principal.Type.SYSTEM_ADMIN;
            case Principal.Agent _ -> false;
        };
    }

    /// Refuses everyone but system_admins.
    static void unlimitedOnly(Permit permit, String what) {
        if (!unlimited(permit)) {
            throw Refusal.forbidden(what, "only a system_admin may", "Ask a system_admin to do it.");
        }
    }

    /// Refuses to pass on what the caller does not hold.
    void holds(Permit permit, GrantPattern pattern, Permission permission) {
        if (!guard.holds(permit.principal(), permit.snapshot(), pattern, permission)) {
            throw Refusal.forbidden(
                    "Granting " + permission.word() + " on " + pattern,
                    permit.principal().name() + " does not hold it",
                    "Ask someone who holds it.");
        }
    }

    /// Refuses to open an app that is not there, or that the caller may not enter.
    ///
    /// @param path where it stands in the input
    void opens(Permit permit, String path, String app) {
        Set<String> apps = permit.snapshot().apps().keySet();
        if (!apps.contains(app)) {
            throw Refusal.invalid("The group", path, "unknown",
                    "there is no app called " + app + ". " + Nearest.remedy(app, apps));
        }
        if (!guard.enters(permit.principal(), permit.snapshot(), app)) {
            throw Refusal.forbidden(
                    "Opening app " + app, permit.principal().name() + " may not open it", "Ask a system_admin.");
        }
    }

    /// Refuses to add to a group that holds more than the caller.
    void holdsAllOf(Permit permit, String group) {
        if (!unlimited(permit) && !guard.holdsAllOf(permit.principal(), permit.snapshot(), group)) {
            throw Refusal.forbidden(
                    "Adding to group " + group,
                    "its members hold more than " + permit.principal().name(),
                    "Ask someone who holds as much.");
        }
    }

    /// Refuses to act in the name of an account that may do more than the caller.
    void mayActAs(Permit permit, Users.User user) {
        if (unlimited(permit) || permit.principal().name().equals(user.username())) {
            return;
        }
        if (user.userType().equals(Principal.Type.SYSTEM_ADMIN.word()) || !administers(permit)) {
            throw Refusal.forbidden(
                    "Acting as " + user.username(), "it is not your account", "Ask a system_admin to do it.");
        }
        user.groups().forEach(group -> holdsAllOf(permit, group));
    }

    /// Whose things the caller sees: of the one named, of everyone for administrators, else his own.
    ///
    /// @param named as a caller writes it, absent for whoever may be seen
    static Optional<String> ownerSeen(Permit permit, Optional<String> named) {
        Optional<String> owner = named.map(Principal::normal);
        if (administers(permit)) {
            return owner;
        }
        if (owner.isPresent() && !owner.get().equals(permit.principal().name())) {
            throw Refusal.forbidden("Looking at the account of another", "only administrators may");
        }
        return Optional.of(permit.principal().name());
    }

    /// Refuses to change a system_admin to everyone but his like.
    static void guardAdmin(Permit permit, Users.User user) {
        if (user.userType().equals(Principal.Type.SYSTEM_ADMIN.word())) {
            unlimitedOnly(permit, "Changing a system_admin");
        }
    }
}
