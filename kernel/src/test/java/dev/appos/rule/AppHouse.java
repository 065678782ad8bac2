package dev.appos.rule;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.trace.JsonLog;
import dev.appos.base.Ref;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.constant.ConstantEngine;
import dev.appos.constant.ConstantRules;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.TestOutlets;
import dev.appos.dispatch.Origin;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.govern.Verdict;
import dev.appos.object.Input;
import dev.appos.record.AppSchema;
import dev.appos.record.LifeRules;
import dev.appos.record.RecordEngine;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import dev.appos.store.Migrations;
import dev.appos.ui.ScreenEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Apps compiled from what a test writes, behind the real door, with real accounts and a real database.
public final class AppHouse implements AutoCloseable {

    /// A class of tests compiles its apps once.
    private static final Map<Map<String, String>, Snapshot> COMPILED = new ConcurrentHashMap<>();

    public final World world = new World();
    public final Registry registry = new Registry();
    final Path folder;
    public final Dispatcher dispatcher;
    private final LocalCache cache = new LocalCache(System::nanoTime);
    private final Changes changes = new Changes(cache);
    private final JsonLog log;
    private boolean closed;

    /// @param folder  where apps and logs may be written
    /// @param sources the authors' files by path
    public AppHouse(Path folder, Map<String, String> sources) {
        this.folder = folder;
        Snapshot snapshot = COMPILED.computeIfAbsent(sources, _ -> compiled(sources));
        List<PlatformRule> rules = new ArrayList<>(new ConstantRules("prod", changes).all());
        rules.addAll(new LifeRules(Duration.ofDays(365), () -> { }).all());
        PlatformEngine platform = new PlatformEngine(rules);
        registry.swap(snapshot.with(platform.definitions()));
        new AppSchema(new Migrations(world.database), folder.resolve("migrations")).apply(world.database, snapshot);
        log = new JsonLog(folder.resolve("logs"));
        Engine none = (_, definition, _) -> {
            throw new IllegalStateException(definition.ref() + " is not in this test");
        };
        dispatcher = new Dispatcher(
                registry,
                world.database,
                new Judges(
                        world.guard,
                        (_, _, _, _) -> new Verdict(Verdict.Kind.ALLOW, "none", 0, "test", ""),
                        new StoredApprovals(world.ids, world.clock),
                        new StoredLedger(world.database, world.clock, () -> 1)),
                new Engines(
                        new RecordEngine(changes), new RuleEngine(changes, () -> 1), new ConstantEngine("prod"), none,
                        new ScreenEngine(() -> 25), platform),
                TestOutlets.of(world.ids, log, world.clock));
        world.user("ana", Type.BASIC, "staff");
        world.user("root", Type.SYSTEM_ADMIN);
        registry.current().apps().keySet().forEach(app -> world.open("staff", app));
    }

    private Snapshot compiled(Map<String, String> sources) {
        write(sources);
        if (new AppCompiler().compile(folder.resolve("apps")) instanceof Compilation.Success success) {
            return success.snapshot();
        }
        throw new AssertionError(new AppCompiler().compile(folder.resolve("apps")));
    }

    private void write(Map<String, String> sources) {
        try {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = folder.resolve("apps").resolve(source.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Snapshot snapshot() {
        return registry.current();
    }

    public Principal principal(String name) {
        return world.directory.find(name).orElseThrow();
    }

    public Object run(String user, String rule, Map<String, Object> inputs) {
        return run(user, rule, inputs, Origin.NONE);
    }

    public Object run(String user, String rule, Map<String, Object> inputs, Origin origin) {
        return call(user, rule, new Input.Run(inputs), origin);
    }

    public Object call(String user, String ref, Input input, Origin origin) {
        Context context = new Context(principal(user), "exec_" + user, world.clock.instant(), origin);
        return dispatcher.dispatch(context, Call.of(Ref.of(ref), input));
    }

    /// Ends, and answers every line the door has logged.
    String logged() throws IOException {
        close();
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            log.close();
            cache.close();
            world.close();
        }
    }
}
