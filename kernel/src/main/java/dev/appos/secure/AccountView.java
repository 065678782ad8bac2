package dev.appos.secure;

import dev.appos.api.Ctx;
import java.util.Set;

/// Accounts as app code sees them.
final class AccountView {

    private static final String LANGUAGE = "en";
    private static final String TIME_ZONE = "UTC";

    private AccountView() {}

    /// What is known of a principal without asking anybody.
    static Ctx.User of(Principal principal) {
        return switch (principal) {
            case Principal.User user -> of(user, "", LANGUAGE, TIME_ZONE);
            case Principal.Agent agent -> of(agent.actsFor(), "", LANGUAGE, TIME_ZONE);
            case Principal.Platform platform -> new Ctx.User(
                    platform.name(), "", Ctx.User.Type.SERVICE_ACCOUNT, Set.of(), LANGUAGE, TIME_ZONE);
        };
    }

    /// The same for one that no active account stands behind: it belongs to no group, and administers nothing.
    static Ctx.User without(Principal principal) {
        Ctx.User user = of(principal);
        Ctx.User.Type type = user.isSystemAdmin() ? Ctx.User.Type.BASIC : user.type();
        return new Ctx.User(user.name(), user.id(), type, Set.of(), user.language(), user.timeZone());
    }

    /// What the tables say of an account.
    static Ctx.User of(Roster.Account account) {
        return of(account.user(), account.id().toString(), account.language(), account.timeZone());
    }

    private static Ctx.User of(Principal.User user, String id, String language, String timeZone) {
        Ctx.User.Type type = switch (user.type()) {
            case BASIC -> Ctx.User.Type.BASIC;
            case SYSTEM_ADMIN -> Ctx.User.Type.SYSTEM_ADMIN;
            case SERVICE_ACCOUNT -> Ctx.User.Type.SERVICE_ACCOUNT;
        };
        return new Ctx.User(user.name(), id, type, user.groups(), language, timeZone);
    }
}
