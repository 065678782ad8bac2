package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.text;

import dev.appos.base.Nearest;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Users;
import dev.appos.object.Definition;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.ValueType;
import dev.appos.operations.Operations.Parts;
import dev.appos.registry.Snapshot;
import dev.appos.secure.GrantPattern;
import dev.appos.secure.Grants;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Grants: which group may do what, and why somebody may or may not.
final class GrantOperations {

    private static final int LISTED_MAX = 5000;

    private static final List<String> PERMISSIONS =
            Arrays.stream(Permission.values()).map(Permission::word).toList();

    private final Parts parts;
    private final Delegation delegation;
    private final Grants grants;
    private final Groups groups;
    private final Users users;

    GrantOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.grants = new Grants(parts.clock());
        this.groups = new Groups(parts.clock());
        this.users = parts.accounts().users();
    }

    List<PlatformRule> all() {
        List<Parameter> grant = List.of(
                text("group"),
                text("object_ref"),
                new Parameter("permissions", ValueType.LIST, Optional.of(ValueType.CHOICE), false, PERMISSIONS));
        return List.of(
                PlatformRule.writes(
                        "add_grant",
                        "Lets a group do something with objects: crm.records.customer, crm.rules.*, crm.*.",
                        Permission.ADMIN,
                        grant,
                        body(this::add)),
                PlatformRule.writes(
                        "remove_grant", "Takes a grant back at once.", Permission.ADMIN, grant, body(this::remove)),
                PlatformRule.reads(
                        "list_grants",
                        "What was granted.",
                        Permission.ADMIN,
                        List.of(maybe(text("group")), maybe(text("object_ref"))),
                        body(this::list)),
                PlatformRule.reads(
                        "explain_access",
                        "Why a user or agent may or may not do something with an object.",
                        Permission.ADMIN,
                        List.of(text("user"), text("ref"), choice("permission", PERMISSIONS)),
                        body(this::explain)));
    }

    private @Nullable Object add(Permit permit, Given given) {
        GrantPattern pattern = pattern(permit, given, true);
        permit.afterCommit(parts.directory()::refresh);
        grants.add(permit.sql(), given.required("group"), pattern, permissions(given), permit.principal().name());
        return Plain.of(new Grants.Grant(
                given.required("group"),
                pattern.toString(),
                permissions(given).stream().map(Permission::word).toList()));
    }

    private Object remove(Permit permit, Given given) {
        GrantPattern pattern = pattern(permit, given, false);
        permit.afterCommit(parts.directory()::refresh);
        return Map.of("removed", grants.remove(permit.sql(), given.required("group"), pattern, permissions(given)));
    }

    private GrantPattern pattern(Permit permit, Given given, boolean mustMeanSomething) {
        GrantPattern pattern = GrantPattern.of(given.required("object_ref"));
        groups.get(permit.sql(), given.required("group"));
        Optional<Ref> unknown = pattern.exact().filter(ref -> permit.snapshot().find(ref).isEmpty());
        if (mustMeanSomething && unknown.isPresent()) {
            throw Refusal.invalid("The grant", "/object_ref", "unknown",
                    "there is no object called " + unknown.get() + ". " + nearest(permit.snapshot(), pattern));
        }
        for (Permission permission : permissions(given)) {
            boolean fits = pattern.kind().map(permission::appliesTo).orElse(true);
            if (mustMeanSomething && !fits) {
                throw Refusal.invalid("The grant", "/permissions", "not_applicable",
                        permission.word() + " is for records only; " + pattern + " takes view, use or admin");
            }
            delegation.holds(permit, pattern, permission);
        }
        return pattern;
    }

    private static List<Permission> permissions(Given given) {
        if (given.list("permissions").isEmpty()) {
            throw Refusal.invalid("The grant", "/permissions", "required", "must name at least one permission");
        }
        return given.list("permissions").stream().map(Permission::of).distinct().toList();
    }

    private static String nearest(Snapshot snapshot, GrantPattern pattern) {
        List<String> known = snapshot.definitions().stream().map(d -> d.ref().toString()).toList();
        return Nearest.of(pattern.toString(), known)
                .map(word -> "Did you mean " + word + "?")
                .orElse("Write a wildcard such as crm.* for objects that do not exist yet");
    }

    private Object list(Permit permit, Given given) {
        return Pages.of(
                grants.list(permit.sql(), given.optional("group"), given.optional("object_ref"), LISTED_MAX), null);
    }

    private @Nullable Object explain(Permit permit, Given given) {
        Ref ref = Ref.of(given.required("ref"));
        Definition definition = permit.snapshot().find(ref).orElseThrow(() -> Dispatcher.unknown(ref));
        Principal user = parts.directory().find(given.required("user")).orElseGet(() -> inactive(permit, given));
        return RowsAndFields.beside(permit, user, definition, Plain.of(parts.guard()
                .explain(user, permit.snapshot(), definition, Permission.of(given.required("permission")))));
    }

    private Principal inactive(Permit permit, Given given) {
        return new Principal.User(
                users.get(permit.sql(), given.required("user")).username(), Principal.Type.BASIC, Set.of());
    }
}
