package dev.appos.insight;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Observed;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Agents;
import dev.appos.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes down, behind the calls, what went live and what calls showed: into the tables for all nodes and the next
/// start, and into files for programs without a server. What cannot be written is tried again on the next turn.
public final class Keeper implements AutoCloseable {

    private static final long LOOK_S = 1;

    /// How often what other nodes saw is read, and the skills of agents are looked at again.
    private static final long REFRESH_S = 30;

    private static final long CLOSE_S = 5;

    /// What it works with.
    ///
    /// @param state  the folder of what the server keeps: `.appos`
    /// @param failed is told of what could not be written
    public record Parts(
            Registry registry, Database database, Metrics metrics, Ids ids, Clock clock, Path state,
            Consumer<RuntimeException> failed) {}

    private final Parts parts;
    private final RegistryTable table;
    private final DependencyFiles files;
    private final Set<Observed.Use> kept = new HashSet<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("insight").factory());
    private @Nullable Snapshot entered;

    public Keeper(Parts parts) {
        this.parts = parts;
        this.table = new RegistryTable(parts.ids(), parts.clock());
        this.files = new DependencyFiles(parts.state());
    }

    /// Begins to write on a rhythm; the first time at once.
    public void start() {
        thread.scheduleWithFixedDelay(noted(this::look), 0, LOOK_S, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(noted(this::refresh), 0, REFRESH_S, TimeUnit.SECONDS);
    }

    /// Writes what is new, if anything is.
    synchronized void look() {
        Snapshot snapshot = parts.registry().current();
        // Before the first apps are live there is nothing: that is no removal of everything.
        boolean fresh = snapshot != entered && !snapshot.apps().isEmpty();
        if (!fresh && parts.registry().observed().size() == kept.size()) {
            return;
        }
        if (fresh) {
            // What code was seen to use that is another now may have been seen again by then.
            kept.clear();
        }
        List<Observed.Use> news =
                parts.registry().observed().all().stream().filter(use -> !kept.contains(use)).toList();
        parts.database().write(sql -> {
            if (fresh) {
                table.enter(sql, snapshot);
            }
            SeenTable.add(sql, snapshot, news, parts.clock().instant());
            return news;
        });
        entered = fresh ? snapshot : entered;
        kept.addAll(news);
        files(snapshot);
    }

    /// Reads what other nodes saw, and brings the files up to date.
    synchronized void refresh() {
        Snapshot snapshot = parts.registry().current();
        if (snapshot.apps().isEmpty()) {
            return;
        }
        List<Observed.Use> all = parts.database().read(sql -> SeenTable.all(sql, snapshot));
        for (Observed.Use use : all) {
            Optional<Ref> caller = Ref.parse(use.caller());
            if (caller.isPresent()) {
                parts.registry().observed().saw(caller.get(), use.target(), use.access());
            } else {
                parts.registry().observed().saw(use.caller(), use.target(), use.access());
            }
            kept.add(use);
        }
        files(snapshot);
    }

    private void files(Snapshot snapshot) {
        List<Agents.Agent> agents = parts.database().read(sql -> Graphs.agents(sql, parts.ids(), parts.clock()));
        Map<String, Instant> registered = parts.database().read(RegistryTable::registered);
        Graph graph = Edges.graph(snapshot, Edges.seen(parts.registry().observed()), agents);
        Map<String, Map<String, @Nullable Object>> objects = new TreeMap<>();
        for (Definition definition : snapshot.definitions()) {
            if (definition instanceof PlatformDefinition) {
                continue;
            }
            String ref = definition.ref().toString();
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("object", ref);
            object.put("type", Edges.type(definition));
            object.put("app", definition.ref().app());
            object.putAll(Facts.of(
                    graph, ref, snapshot.hash(definition.ref()), Optional.ofNullable(registered.get(ref)),
                    parts.metrics().of(definition.ref(), Metrics.DAY)));
            objects.put(ref, object);
        }
        files.write(objects);
    }

    private Runnable noted(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                parts.failed().accept(failure);
            }
        };
    }

    /// Writes what is new and ends.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        noted(this::look).run();
    }
}
