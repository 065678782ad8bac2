package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.text;

import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.SecondFactors;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The second factor of one's own account, and for administrators the one of somebody who lost the device.
final class SecondFactorOperations {

    private final Parts parts;
    private final Delegation delegation;
    private final Users users;
    private final SecondFactors factors;

    SecondFactorOperations(Parts parts, Delegation delegation) {
        this.parts = parts;
        this.delegation = delegation;
        this.users = parts.accounts().users();
        this.factors = parts.accounts().secondFactors();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "get_second_factor",
                        "Whether one's logins need a code, and how many recovery codes are left.",
                        Permission.VIEW,
                        List.of(),
                        body((permit, _) -> Plain.of(factors.state(permit.sql(), own(permit).id())))),
                PlatformRule.writes(
                        "enrol_second_factor",
                        "Begins a second factor; it counts once a code of it is confirmed.",
                        Permission.VIEW,
                        List.of(text("password")),
                        body(this::enrol)),
                PlatformRule.writes(
                        "confirm_second_factor",
                        "Switches the second factor on; the recovery codes are shown this once.",
                        Permission.VIEW,
                        List.of(text("code")),
                        body(this::confirm)),
                PlatformRule.writes(
                        "end_second_factor",
                        "Switches one's second factor off.",
                        Permission.VIEW,
                        List.of(text("password")),
                        body(this::end)),
                PlatformRule.writes(
                        "reset_second_factor",
                        "Switches the second factor of a user off, who lost the device.",
                        Permission.ADMIN,
                        List.of(text("username")),
                        body(this::reset)));
    }

    private @Nullable Object enrol(Permit permit, Given given) {
        Users.User user = proved(permit, given);
        return Plain.of(factors.enrol(permit.sql(), user.id(), user.username()));
    }

    private Object confirm(Permit permit, Given given) {
        return Map.of("recovery_codes", factors.confirm(permit.sql(), own(permit).id(), given.required("code")));
    }

    private Object end(Permit permit, Given given) {
        return Map.of("ended", factors.end(permit.sql(), proved(permit, given).id()));
    }

    private Object reset(Permit permit, Given given) {
        Users.User user = users.get(permit.sql(), given.required("username"));
        delegation.mayActAs(permit, user);
        if (!factors.end(permit.sql(), user.id())) {
            throw Refusal.notFound("second factor of " + user.username());
        }
        return Map.of("username", user.username(), "ended", true);
    }

    private Users.User own(Permit permit) {
        return users.get(permit.sql(), permit.principal().name());
    }

    private Users.User proved(Permit permit, Given given) {
        Users.User user = own(permit);
        if (!users.proves(permit.sql(), parts.accounts().passwords(), user.username(), given.required("password"))) {
            throw Refusal.invalid("The password", "/password", "wrong", "is not the password of this account");
        }
        return user;
    }
}
