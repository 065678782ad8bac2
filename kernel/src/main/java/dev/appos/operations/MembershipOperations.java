package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.text;

import dev.appos.base.Plain;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Groups;
import dev.appos.secure.Groups.Group;
import dev.appos.secure.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in a group, and which apps it opens.
final class MembershipOperations {

    private final Parts parts;
    private final Delegation delegation;
    private final Groups groups;
    private final Users users;

    MembershipOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.groups = new Groups(parts.clock());
        this.users = parts.accounts().users();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.writes(
                        "add_user_to_group",
                        "Makes a user a member of a group.",
                        Permission.ADMIN,
                        List.of(text("username"), text("group")),
                        body(this::add)),
                PlatformRule.writes(
                        "remove_user_from_group",
                        "Ends a membership at once.",
                        Permission.ADMIN,
                        List.of(text("username"), text("group")),
                        body(this::remove)),
                PlatformRule.reads(
                        "get_group_members",
                        "The members of a group by name.",
                        Permission.VIEW,
                        List.of(text("group")),
                        body(this::members)),
                PlatformRule.reads(
                        "get_user_groups",
                        "The groups of a user, without one those of the caller.",
                        Permission.VIEW,
                        List.of(maybe(text("username"))),
                        body(this::groupsOf)),
                PlatformRule.writes(
                        "add_app_to_group",
                        "Lets the members of a group into an app.",
                        Permission.ADMIN,
                        List.of(text("group"), text("app")),
                        body((permit, given) -> link(permit, given, true))),
                PlatformRule.writes(
                        "remove_app_from_group",
                        "Shuts an app to a group at once, unless app.yaml names the group.",
                        Permission.ADMIN,
                        List.of(text("group"), text("app")),
                        body((permit, given) -> link(permit, given, false))));
    }

    private @Nullable Object link(Permit permit, Given given, boolean open) {
        String group = groups.get(permit.sql(), given.required("group")).name();
        String app = given.required("app");
        if (open) {
            delegation.opens(permit, "/app", app);
        }
        delegation.holdsAllOf(permit, group);
        permit.afterCommit(parts.directory()::refresh);
        if (open) {
            groups.link(permit.sql(), group, app);
        } else {
            groups.unlink(permit.sql(), group, app);
        }
        return Plain.of(groups.get(permit.sql(), group));
    }

    /// Everyone may see who is in a group, as everyone may see a colleague's name.
    private Object members(Permit permit, Given given) {
        Group group = groups.get(permit.sql(), given.required("group"));
        return Map.of("group", group.name(), "is_active", group.isActive(), "members", group.members());
    }

    private Object groupsOf(Permit permit, Given given) {
        String self = permit.principal() instanceof Principal.Agent agent
                ? agent.actsFor().name()
                : permit.principal().name();
        Users.User user = users.get(permit.sql(), given.text("username", self));
        return Map.of("username", user.username(), "groups", user.groups());
    }

    private Object add(Permit permit, Given given) {
        String group = groups.get(permit.sql(), given.required("group")).name();
        delegation.holdsAllOf(permit, group);
        permit.afterCommit(parts.directory()::refresh);
        groups.addMember(permit.sql(), group, given.required("username"));
        return membership(permit, given);
    }

    private Object remove(Permit permit, Given given) {
        String group = groups.get(permit.sql(), given.required("group")).name();
        delegation.holdsAllOf(permit, group);
        permit.afterCommit(parts.directory()::refresh);
        groups.removeMember(permit.sql(), group, given.required("username"));
        return membership(permit, given);
    }

    private Object membership(Permit permit, Given given) {
        Users.User user = users.get(permit.sql(), given.required("username"));
        return Map.of("username", user.username(), "groups", user.groups());
    }
}
