package dev.appos.web;

import dev.appos.cache.RateLimit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// How the server meets what is around it.
///
/// @param origins   of other sites whose scripts may read answers: `https://shop.example`
/// @param proxies   the addresses of reverse proxies that are believed when they say whom they speak for
/// @param tls       what it proves itself with, if it speaks TLS itself
/// @param https     whether people reach it over https only, by itself or through a proxy
/// @param strangers how much each address may ask without saying who it is
/// @param callers   how much each API key, and each owner of sessions and tokens, may ask
public record EdgeSettings(
        Set<String> origins,
        Set<String> proxies,
        Optional<Tls> tls,
        boolean https,
        Supplier<Optional<RateLimit>> strangers,
        Supplier<Optional<RateLimit>> callers) {

    public static final EdgeSettings DEFAULT =
            new EdgeSettings(Set.of(), Set.of(), Optional.empty(), false, Optional::empty, Optional::empty);

    public EdgeSettings {
        origins = Set.copyOf(origins);
        proxies = Set.copyOf(proxies);
    }
}
