package dev.appos.identity;

import dev.appos.base.Ids;
import java.time.Clock;

/// The owners of the tables of accounts, made once: what changes an account goes through one of these.
///
/// @param settings how long logins last and how many there may be
public record Accounts(
        IdentitySettings settings,
        ServerSecret secret,
        Users users,
        Passwords passwords,
        Sessions sessions,
        ApiKeys keys,
        SecondFactors secondFactors,
        LoginAudit logins) {

    /// All of them, with these settings.
    public static Accounts of(IdentitySettings settings, ServerSecret secret, Ids ids, Clock clock) {
        return new Accounts(
                settings,
                secret,
                new Users(ids, clock),
                new Passwords(settings.passwords()),
                new Sessions(ids, clock, settings.sessions()),
                new ApiKeys(secret, settings.sessions(), ids, clock),
                new SecondFactors(secret, clock),
                new LoginAudit(ids, clock, settings.logins().kept()));
    }
}
