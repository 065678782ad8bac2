package dev.appos.web;

import java.time.Duration;
import java.util.function.Supplier;

/// How a server is reached.
///
/// @param host          the address it listens on
/// @param port          0 takes any free one
/// @param secureCookies whether sessions are sent over https only
/// @param health        where the process says that it lives
/// @param ready         where the server says whether it can serve
/// @param name          what the console calls the installation
/// @param drain         how long running requests may go on after it was told to stop
/// @param edge          how it meets what is around it
public record ServerSettings(
        String host, int port, boolean secureCookies, String health, String ready, Supplier<String> name,
        Supplier<Duration> drain, EdgeSettings edge) {

    public static final ServerSettings DEFAULT = new ServerSettings(
            "127.0.0.1", 8080, false, "/health", "/ready", () -> "AppOS", () -> Duration.ofSeconds(30),
            EdgeSettings.DEFAULT);
}
