package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.texts;

import dev.appos.base.Nearest;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Groups;
import dev.appos.secure.Groups.Group;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Groups: who is in them and which apps they open.
final class GroupOperations {

    private final Parts parts;
    private final Delegation delegation;
    private final Groups groups;
    private final Users users;

    GroupOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.groups = new Groups(parts.clock());
        this.users = parts.accounts().users();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_groups",
                        "Groups with their members and apps.",
                        Permission.ADMIN,
                        List.of(maybe(number("limit")), maybe(text("cursor"))),
                        body(this::list)),
                PlatformRule.writes(
                        "create_group",
                        "Adds a group whose members may enter these apps.",
                        Permission.ADMIN,
                        List.of(
                                text("name"),
                                maybe(text("description")),
                                maybe(choice("type", Groups.TYPES)),
                                maybe(texts("apps")),
                                maybe(texts("members"))),
                        body(this::create)),
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
                PlatformRule.writes(
                        "deactivate_group",
                        "Makes a group not count; its members stay in it.",
                        Permission.ADMIN,
                        List.of(text("group")),
                        body((permit, given) -> activate(permit, given, false))),
                PlatformRule.writes(
                        "reactivate_group",
                        "Makes a group count again.",
                        Permission.ADMIN,
                        List.of(text("group")),
                        body((permit, given) -> activate(permit, given, true))));
    }

    private Object list(Permit permit, Given given) {
        int limit = given.limit();
        return Pages.of(groups.list(permit.sql(), given.text("cursor", ""), limit + 1), limit, Group::name);
    }

    private @Nullable Object create(Permit permit, Given given) {
        List<String> apps = given.list("apps");
        for (int i = 0; i < apps.size(); i++) {
            String app = apps.get(i);
            if (permit.snapshot().app(app).isEmpty()) {
                throw Refusal.invalid("The group", "/apps/" + i, "unknown",
                        "there is no app called " + app + ". "
                                + Nearest.remedy(app, permit.snapshot().apps().keySet()));
            }
            delegation.enters(permit, app);
        }
        // What an app states for a group of this name, its members will hold.
        delegation.holdsAllOf(permit, given.required("name"));
        permit.afterCommit(parts.directory()::refresh);
        Group group = new Group(
                given.required("name"),
                given.text("type", "security"),
                given.text("description", ""),
                true,
                apps,
                given.list("members"));
        return Plain.of(groups.create(permit.sql(), group, permit.principal().name()));
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

    private @Nullable Object activate(Permit permit, Given given, boolean active) {
        delegation.holdsAllOf(permit, given.required("group"));
        permit.afterCommit(parts.directory()::refresh);
        return Plain.of(groups.activate(permit.sql(), given.required("group"), active));
    }
}
