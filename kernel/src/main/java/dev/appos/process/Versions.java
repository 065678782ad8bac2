package dev.appos.process;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appos.api.AppCode;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Bundle;
import dev.appos.registry.CodeLoader;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Record;

/// The code of processes as instances began with it: kept in the database for as long as one lives on it, loaded where
/// one runs, each in a class loader of its own. Thread-safe.
final class Versions {

    private static final String SEEN = """
            update appos.process_bundle b set seen_at = now()
            from unnest(?::text[], ?::text[]) as u (process, code_hash)
            where b.process = u.process and b.code_hash = u.code_hash
            returning b.process, b.code_hash""";

    private static final String PUT = """
            insert into appos.process_bundle (process, code_hash, classes) values (?, ?, ?)
            on conflict (process, code_hash) do update set seen_at = now()""";

    private static final String GET = "select classes from appos.process_bundle where process = ? and code_hash = ?";

    /// What no node has had live for a while, and no instance lives on.
    private static final String SWEEP = """
            delete from appos.process_bundle b
            where b.seen_at < now() - make_interval(secs => ?) and not exists (
                select from appos.process_ready r join appos.process_instance i on i.id = r.id
                where i.process = b.process and i.code_hash = b.code_hash)""";

    /// Loaded code that no instance has run on for so long is let go of.
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final int LOADED_MOST = 100;

    /// Larger code is not kept: its instances go on with what is live, if that takes the same way.
    private static final int LARGEST = 16 * 1024 * 1024;

    /// A version of a process.
    private record Key(String process, String hash) {}

    private final Database database;
    private final Cache<Key, AppCode> loaded = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .maximumSize(LOADED_MOST)
            .build();
    private volatile Set<Key> kept = Set.of();

    Versions(Database database) {
        this.database = database;
    }

    /// Keeps the code of every process of a snapshot, before an instance can begin with it. Where no process changed
    /// since the last time this asks nobody.
    void keep(Snapshot snapshot) {
        Map<Key, ProcessDefinition> live = new HashMap<>();
        snapshot.ofKind(ProcessDefinition.class)
                .forEach(process -> live.put(new Key(process.ref().toString(), process.codeHash()), process));
        if (live.isEmpty() || live.keySet().equals(kept)) {
            return;
        }
        database.write(sql -> {
            Set<Key> missing = new HashSet<>(live.keySet());
            String[] processes = live.keySet().stream().map(Key::process).toArray(String[]::new);
            String[] hashes = live.keySet().stream().map(Key::hash).toArray(String[]::new);
            for (Record row : sql.fetch(SEEN, processes, hashes)) {
                missing.remove(new Key(row.get("process", String.class), row.get("code_hash", String.class)));
            }
            missing.forEach(key -> snapshot.bundle(live.get(key).ref())
                    .map(Bundle::packed)
                    .filter(jar -> jar.length <= LARGEST)
                    .ifPresent(jar -> sql.execute(PUT, key.process(), key.hash(), jar)));
            return missing;
        });
        kept = Set.copyOf(live.keySet());
    }

    /// Says that what is live still is, and forgets code that no instance lives on.
    ///
    /// @param unseen for how long it must have been live nowhere
    void tend(Snapshot snapshot, Duration unseen) {
        kept = Set.of();
        keep(snapshot);
        database.read(sql -> sql.execute(SWEEP, (double) unseen.toSeconds()));
    }

    /// The code that an instance goes on with.
    Version of(Snapshot snapshot, ProcessDefinition live, Instance instance) {
        AppCode current = snapshot.code(live.ref().app());
        if (instance.codeHash().equals(live.codeHash())) {
            return new Version(current, Version.Kind.CURRENT);
        }
        return load(new Key(live.ref().toString(), instance.codeHash()), live.ref().app())
                .map(bodies -> new Version(bodies, Version.Kind.PINNED))
                .orElseGet(() -> new Version(current, Version.Kind.CHANGED));
    }

    private Optional<AppCode> load(Key key, String app) {
        return Optional.ofNullable(loaded.get(key, wanted -> database.read(sql -> sql
                        .fetchOptional(GET, wanted.process(), wanted.hash())
                        .map(row -> Bundle.unpacked(row.get("classes", byte[].class)))
                        .map(bundle -> new CodeLoader(bundle.classes()).code(app))
                        .orElse(null))));
    }

    /// Lets go of loaded code that nobody has used for a while.
    void rest() {
        loaded.cleanUp();
    }

    /// What holds the classes of each loaded version.
    Stream<ClassLoader> loaders() {
        return loaded.asMap().values().stream().map(bodies -> bodies.getClass().getClassLoader());
    }

    /// Lets go of all loaded code; what runs keeps its own.
    void forget() {
        loaded.invalidateAll();
        loaded.cleanUp();
    }
}
