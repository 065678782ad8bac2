package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Origin;
import dev.appos.secure.Principal;
import java.time.Instant;
import java.util.Optional;

/// Who makes a request, and under which execution id it runs.
///
/// @param principal absent for a stranger
/// @param csrf      the token a changing request must repeat, present for a login by cookie
/// @param origin    what app code may know of the request
record Caller(
        Optional<Principal> principal, Optional<String> csrf, String executionId, Instant at, Origin origin) {

    /// The context of a call.
    ///
    /// @throws Refusal if nobody knows who asks
    Context context() {
        return new Context(
                principal.orElseThrow(() -> Refusal.unauthenticated("This address needs a login.")), executionId, at,
                origin);
    }
}
