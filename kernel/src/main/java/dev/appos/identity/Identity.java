package dev.appos.identity;

import dev.appos.secure.Principal;
import java.util.UUID;

/// Who presented a credential.
///
/// @param credential the id of the session, token or key
/// @param csrfToken  what goes with a session cookie; of no use for tokens and keys
public record Identity(Principal principal, UUID credential, String csrfToken) {}
