package dev.appos.dispatch;

import dev.appos.api.Ctx;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Where an outermost call comes from, as far as app code may know.
///
/// @param request   the HTTP request that led to it
/// @param session   the login session it is made in: a person's, by cookie; keys and tokens have none
/// @param variables of the process whose step it is, as they stood when the step began
public record Origin(
        Optional<Ctx.Request> request, Optional<UUID> session, Optional<Map<String, Object>> variables) {

    /// The platform's own work, and whatever nothing is known of.
    public static final Origin NONE = new Origin(Optional.empty(), Optional.empty(), Optional.empty());

    /// A request over HTTP.
    public static Origin of(Ctx.Request request, Optional<UUID> session) {
        return new Origin(Optional.of(request), session, Optional.empty());
    }

    /// A step of a process. A map that holds null is fine.
    public static Origin of(Map<String, Object> variables) {
        return new Origin(Optional.empty(), Optional.empty(), Optional.of(variables));
    }
}
