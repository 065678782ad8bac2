package dev.appos.authoring;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compiles the apps again whenever a file in their folder is saved, and hands the result on.
///
/// What to do with it is its owner's decision: migrate and swap, or keep what is live. Calls come one at a time, from
/// one thread, in the order of the saves; a burst of saves makes one call, and a save that changes no text makes none.
public final class AppWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AppWatcher.class);

    /// A burst is over when nothing happened for so long: editors write a file in several steps.
    private static final Duration QUIET = Duration.ofMillis(40);

    /// A burst that does not end is compiled nevertheless.
    private static final Duration LONGEST_BURST = Duration.ofMillis(400);

    /// A change is read twice, so far apart, before it is believed.
    private static final Duration BETWEEN_READS = Duration.ofMillis(15);

    /// Sources that never stand still are compiled as they are.
    private static final int MOST_READS = 10;

    /// After so many compilations the JVM has compiled the compiler.
    private static final int WARM_UPS = 4;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final Path apps;
    private final AppCompiler compiler;
    private final Consumer<Compilation> listener;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Thread thread;

    /// Watches from now on, and tells nobody before [#start()].
    ///
    /// @param apps     the folder of apps
    /// @param listener called with what every change led to
    /// @throws UncheckedIOException if the folder cannot be watched
    public AppWatcher(Path apps, AppCompiler compiler, Consumer<Compilation> listener) {
        this.compiler = compiler;
        this.listener = listener;
        try {
            this.apps = apps.toRealPath();
            this.service = this.apps.getFileSystem().newWatchService();
            register(this.apps);
        } catch (IOException e) {
            throw new UncheckedIOException("The apps folder " + apps + " cannot be watched.", e);
        }
        this.thread = Thread.ofPlatform().daemon().name("app-watcher").unstarted(this::run);
    }

    /// Begins in the background: first with what was saved since the compiler last read the folder, then, while nothing
    /// is saved, by warming the compiler up.
    public void start() {
        thread.start();
    }

    /// Stops watching; a call of the listener that is running is waited for.
    @Override
    public void close() {
        try {
            service.close();
            if (thread.isAlive() && thread != Thread.currentThread()) {
                thread.join(LONGEST_CLOSE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            check();
            Optional<WatchKey> saved = warm();
            while (true) {
                settle(saved.isPresent() ? saved.get() : service.take());
                saved = Optional.empty();
                check();
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("No longer watching {}.", apps);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Warms the compiler until something is saved; answers what was.
    private Optional<WatchKey> warm() {
        Optional<WatchKey> saved = Optional.ofNullable(service.poll());
        for (int i = 0; i < WARM_UPS && saved.isEmpty(); i++) {
            quietly(() -> compiler.warm(SourceTree.read(apps)));
            saved = Optional.ofNullable(service.poll());
        }
        return saved;
    }

    private void check() throws InterruptedException {
        Optional<SourceTree> tree = changed();
        tree.ifPresent(changed -> quietly(() -> listener.accept(compiler.compile(changed))));
    }

    /// The sources, if they are not those of the last compilation. Most editors empty a file before they write it, and
    /// what is read in between looks like an app that lost its objects: so a change counts when it is read twice.
    private Optional<SourceTree> changed() throws InterruptedException {
        Optional<SourceTree> seen = read();
        for (int i = 0; i < MOST_READS && seen.isPresent(); i++) {
            Duration pause = emptied(seen.get()) ? LONGEST_BURST : BETWEEN_READS;
            Optional<WatchKey> saved = Optional.ofNullable(service.poll(pause.toMillis(), TimeUnit.MILLISECONDS));
            if (saved.isPresent()) {
                settle(saved.get());
            }
            Optional<SourceTree> again = read();
            if (again.isEmpty() || saved.isEmpty() && again.get().sameAs(seen.get())) {
                return again;
            }
            seen = again;
        }
        return seen;
    }

    private Optional<SourceTree> read() {
        try {
            SourceTree tree = SourceTree.read(apps);
            return compiler.lastRead().filter(tree::sameAs).isPresent() ? Optional.empty() : Optional.of(tree);
        } catch (UncheckedIOException e) {
            LOG.error("The apps folder {} cannot be read.", apps, e);
            return Optional.empty();
        }
    }

    private boolean emptied(SourceTree tree) {
        return compiler.lastRead().map(before -> tree.sources().values().stream().anyMatch(file ->
                file.text().isEmpty() && before.sources().containsKey(file.path())
                        && !before.sources().get(file.path()).text().isEmpty())).orElse(false);
    }

    /// Whatever fails here must not end the watching: the next save is another chance.
    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (ClosedWatchServiceException closed) {
            throw closed;
        } catch (RuntimeException e) {
            LOG.error("A change in {} could not be taken up.", apps, e);
        }
    }

    /// Takes in events until they pause.
    private void settle(WatchKey first) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_BURST.toNanos();
        Optional<WatchKey> key = Optional.of(first);
        while (key.isPresent()) {
            take(key.get());
            key = System.nanoTime() < end
                    ? Optional.ofNullable(service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS))
                    : Optional.empty();
        }
    }

    private void take(WatchKey key) {
        Path folder = folders.getOrDefault(key, apps);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == OVERFLOW) {
                quietly(() -> registerAll(apps));
            } else if (event.kind() == ENTRY_CREATE && event.context() instanceof Path name
                    && Files.isDirectory(folder.resolve(name))) {
                quietly(() -> registerAll(folder.resolve(name)));
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    private void registerAll(Path folder) {
        try {
            register(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(apps) && folder.getFileName().toString().startsWith(".")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // Deleted again before it could be watched.
                if (failure instanceof NoSuchFileException && !file.equals(apps)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
