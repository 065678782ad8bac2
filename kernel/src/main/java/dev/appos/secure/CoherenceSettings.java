package dev.appos.secure;

import java.time.Duration;

/// How closely nodes on one database follow each other.
///
/// @param look     how often a node looks whether something changed; bounds how long a change waits for it
/// @param lease    how long a node may decide from memory after it last told the others that it is there
/// @param silence  how long a change waits for a node that says nothing. Longer than `lease`, by more than two clocks
///                 can drift apart in that time: a node that is waited for no more has stopped deciding before
/// @param patience how long a change waits for a node that speaks but does not catch up, before it is said to be
///                 unfinished; also how long a decision waits for a node's own memory
public record CoherenceSettings(Duration look, Duration lease, Duration silence, Duration patience) {

    public static final CoherenceSettings DEFAULT = new CoherenceSettings(
            Duration.ofMillis(25), Duration.ofMillis(1000), Duration.ofMillis(1500), Duration.ofSeconds(10));
}
