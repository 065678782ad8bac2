package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.texts;

import dev.appos.base.Plain;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Groups;
import dev.appos.secure.Groups.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups: which there are, and whether they count. Who is in them is for [MembershipOperations].
final class GroupOperations {

    private final Parts parts;
    private final Delegation delegation;
    private final Groups groups;

    GroupOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.groups = new Groups(parts.clock());
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
                PlatformRule.reads(
                        "get_group",
                        "One group with its members and apps.",
                        Permission.ADMIN,
                        List.of(text("group")),
                        body((permit, given) -> Plain.of(groups.get(permit.sql(), given.required("group"))))),
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
            delegation.opens(permit, "/apps/" + i, apps.get(i));
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

    private @Nullable Object activate(Permit permit, Given given, boolean active) {
        delegation.holdsAllOf(permit, given.required("group"));
        permit.afterCommit(parts.directory()::refresh);
        return Plain.of(groups.activate(permit.sql(), given.required("group"), active));
    }
}
