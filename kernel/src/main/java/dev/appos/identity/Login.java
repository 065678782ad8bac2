package dev.appos.identity;

import dev.appos.secure.Principal;
import java.time.Instant;

/// A session or a bearer token that was just made. The token is known to nobody else, and is not kept.
///
/// @param csrfToken what state-changing requests with the session cookie must carry
public record Login(String token, String csrfToken, Instant expiresAt, Principal principal) {}
