package dev.appos.identity;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Everything about accounts and logins that an operator may want otherwise.
///
/// @param publicUrl    where people reach the platform: `https://appos.example.org`. Addresses that leave the platform
///                     are made from it and never from what a request says; absent, there are no such addresses
/// @param secureCookie whether the session cookie travels over https only; then it is called `__Host-appos_session`
/// @param providers    who else may vouch for a person
public record IdentitySettings(
        SessionLimits sessions,
        LoginLimits logins,
        PasswordRules passwords,
        Optional<URI> publicUrl,
        boolean secureCookie,
        List<OidcProvider> providers) {

    public static final IdentitySettings DEFAULT = new IdentitySettings(
            SessionLimits.DEFAULT, LoginLimits.DEFAULT, PasswordRules.DEFAULT, Optional.empty(), false, List.of());

    public IdentitySettings {
        providers = List.copyOf(providers);
    }

    public IdentitySettings withSessions(SessionLimits other) {
        return new IdentitySettings(other, logins, passwords, publicUrl, secureCookie, providers);
    }

    public IdentitySettings withLogins(LoginLimits other) {
        return new IdentitySettings(sessions, other, passwords, publicUrl, secureCookie, providers);
    }

    public IdentitySettings withPasswords(PasswordRules other) {
        return new IdentitySettings(sessions, logins, other, publicUrl, secureCookie, providers);
    }
}
