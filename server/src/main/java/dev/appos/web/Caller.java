package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Origin;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Who makes a request, and under which execution id it runs.
///
/// @param principal absent for a stranger
/// @param credential the id of the session, token or key that was presented
/// @param csrf      the token a changing request must repeat, present for a login by cookie
/// @param origin    what app code may know of the request
record Caller(
        Optional<Principal> principal,
        Optional<UUID> credential,
        Optional<String> csrf,
        String executionId,
        Instant at,
        Origin origin) {

    /// The context of a call.
    ///
    /// @throws Refusal if nobody knows who asks
    Context context() {
        return new Context(principal.orElseThrow(Caller::needsLogin), executionId, at, origin);
    }

    /// Whether nobody knows who asks, and it runs as the account that stands for all of them.
    boolean stranger() {
        return principal.map(known -> known.name().equals(Groups.PUBLIC_ACCOUNT)).orElse(false);
    }

    /// The one answer to strangers, to what is not there and to what is not theirs.
    static Refusal needsLogin() {
        return Refusal.unauthenticated("This address needs a login.");
    }
}
