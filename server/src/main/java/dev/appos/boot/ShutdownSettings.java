package dev.appos.boot;

import java.time.Duration;

/// How a server ends.
///
/// @param requests how long running requests may go on
/// @param steps    how long running steps of processes may go on after that
/// @param most     after this it ends whatever is running
public record ShutdownSettings(Duration requests, Duration steps, Duration most) {}
