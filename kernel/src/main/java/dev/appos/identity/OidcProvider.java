package dev.appos.identity;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Someone else who may vouch for a person, by OpenID Connect.
///
/// @param name         in addresses: `GET /api/auth/oidc/{name}`
/// @param label        what the button says
/// @param issuer       as its tokens name it
/// @param clientId     by which it knows the platform
/// @param clientSecret what the platform proves itself with; absent for a public client
/// @param newUsersGroups the groups of an account made for someone it vouches for and nobody knows; absent: nobody
///                     unknown comes in
public record OidcProvider(
        String name,
        String label,
        URI issuer,
        String clientId,
        Optional<String> clientSecret,
        Optional<List<String>> newUsersGroups) {}
