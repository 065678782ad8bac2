package dev.appos.secure;

import dev.appos.api.Ctx;
import java.util.Set;

/// For whom a call is made, and whose rows and fields it may see.
///
/// @param account    the account as app code may see it, with the groups that decide by now; of an agent, the account
///                   it acts for
/// @param everything whether no row and no field is hidden from it: a system administrator, or the platform itself
public record Standing(Ctx.User account, boolean everything) {

    /// As the principal was when it was let in.
    static Standing of(Principal principal) {
        Ctx.User account = AccountView.of(principal);
        return new Standing(account, principal instanceof Principal.Platform || account.isSystemAdmin());
    }

    public String user() {
        return account.name();
    }

    public Set<String> groups() {
        return account.groups();
    }
}
