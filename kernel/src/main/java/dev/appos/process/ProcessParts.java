package dev.appos.process;

import dev.appos.base.Ids;
import dev.appos.govern.Approvals;
import dev.appos.identity.ServerSecret;
import dev.appos.registry.Registry;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.trace.JsonLog;
import java.time.Clock;
import java.util.function.Function;

/// What the process engine works with.
///
/// @param database   where journal and instances are; one connection of its pool is kept for as long as a runner runs
/// @param registry   where the code of a process is found when it goes on
/// @param approvals  whom an `approval` asks
/// @param principals who a starter is today, by name; refuses when they may not act any more
/// @param secret     seals what nobody may see
/// @param log        where faults of the engine itself go
public record ProcessParts(
        Database database,
        Registry registry,
        Approvals approvals,
        Function<String, Principal> principals,
        Ids ids,
        ServerSecret secret,
        JsonLog log,
        Clock clock) {}
