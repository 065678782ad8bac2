package dev.appos.secure;

import dev.appos.base.Ids;
import dev.appos.govern.Policies;
import dev.appos.identity.Identities;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/// One of several nodes on a database: its own connections, its own memory, and a clock that a test can move on.
final class SecureNode implements AutoCloseable {

    final AtomicLong ahead = new AtomicLong();
    final Database database;
    final Coherence coherence;
    final Directory directory;
    final GroupGuard guard;
    final Identities identities;
    final Policies policies;

    SecureNode(DatabaseSettings settings, CoherenceSettings lease, World world) {
        database = new Database(settings);
        coherence = new Coherence(database, lease, () -> System.nanoTime() + ahead.get());
        directory = new Directory(database, coherence);
        guard = new GroupGuard(directory);
        Ids ids = new Ids(world.clock, new SecureRandom());
        identities = new Identities(database, directory, world.accounts, ids, world.clock);
        policies = new Policies(coherence, world.clock);
    }

    @Override
    public void close() {
        identities.close();
        coherence.close();
        database.close();
    }
}
