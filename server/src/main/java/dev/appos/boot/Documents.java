package dev.appos.boot;

import dev.appos.base.Ids;
import dev.appos.base.Ref;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.PlatformRule;
import dev.appos.documents.CleanUp;
import dev.appos.documents.ContentStore;
import dev.appos.documents.DiskStore;
import dev.appos.documents.DocumentEngine;
import dev.appos.documents.S3Store;
import dev.appos.documents.Uploads;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.web.DocumentIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// The parts that keep documents.
final class Documents implements AutoCloseable {

    private final Settings settings;
    private final ContentStore store;
    private final Uploads uploads;
    private final Ids ids;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("documents").factory());
    private LocalDate looked = LocalDate.EPOCH;

    Documents(Settings settings, Ids ids, Clock clock) {
        this.settings = settings;
        Path folder = settings.state().resolve("documents");
        this.store = settings.bucket()
                .<ContentStore>map(bucket -> new S3Store(bucket, folder, clock))
                .orElseGet(() -> new DiskStore(folder, clock));
        this.uploads = new Uploads(settings.state().resolve("documents/uploads"), clock);
        this.ids = ids;
        this.clock = clock;
    }

    /// Serves calls.
    DocumentEngine engine() {
        return new DocumentEngine(store, settings::maxUploadBytes, ids);
    }

    /// What administrators and the rhythm below ask for.
    List<PlatformRule> rules() {
        return List.of(new CleanUp(store).rule());
    }

    /// Cleans up on a rhythm from now on, the whole store once a day.
    void start(Dispatcher dispatcher, BiConsumer<String, RuntimeException> failed) {
        thread.scheduleWithFixedDelay(() -> {
            try {
                uploads.forgetOld();
                clean(dispatcher);
            } catch (IOException failure) {
                failed.accept("documents", new UncheckedIOException(failure));
            } catch (RuntimeException failure) {
                failed.accept("documents", failure);
            }
        }, 1, 1, TimeUnit.HOURS);
    }

    private void clean(Dispatcher dispatcher) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean strays = !today.equals(looked);
        boolean more = true;
        while (more && !thread.isShutdown()) {
            Context context = new Context(new Principal.Platform("documents"), ids.execution(), clock.instant());
            Object done = dispatcher.dispatch(context, Call.of(
                    new Ref(Ref.PLATFORM, "rules", "clean_documents"), new Input.Run(Map.of("strays", strays))));
            more = done instanceof Map<?, ?> answer && Boolean.TRUE.equals(answer.get("more"));
            strays = false;
        }
        looked = today;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /// Takes in what requests bring.
    DocumentIntake intake() {
        return new DocumentIntake(store, uploads, settings::maxUploadBytes);
    }
}
