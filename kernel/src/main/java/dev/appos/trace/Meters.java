package dev.appos.trace;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Counts and times every call by object and action, and gives the numbers out: to Prometheus as text, to the console
/// and to `ask` as [Figures] over a stretch of time.
///
/// The numbers are of this server since it started; a window reaches back a day at most. Thread-safe.
public final class Meters implements AutoCloseable {

    /// The longest window.
    public static final Duration WINDOW_MAX = Duration.ofDays(1);

    /// More pairs of object and action than this are counted together under [#OTHERS].
    static final int SERIES_MAX = 1_000;

    /// Where what does not fit is counted.
    public static final Ref OTHERS = new Ref(Ref.PLATFORM, "objects", "others");

    /// Stands where an action does when all are counted together.
    public static final String ANY = "any";

    private static final int ACTIONS = Action.values().length;

    private final Clock clock;
    private final Map<Ref, AtomicReferenceArray<CallSeries>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger series = new AtomicInteger();
    private final PrometheusMeterRegistry platform = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PrometheusMeterRegistry objects = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /// How an object was used in a stretch of time.
    ///
    /// @param action    its word, or [#ANY]
    /// @param errorRate between 0 and 1: faults and refusals among all calls
    /// @param p50Ms     milliseconds, within 6 %
    /// @param lastRun   of all time since the server started
    public record Figures(
            String ref,
            String action,
            long count,
            long errors,
            double errorRate,
            double averageMs,
            double p50Ms,
            double p95Ms,
            double p99Ms,
            Instant lastRun) {}

    public Meters(Clock clock) {
        this.clock = clock;
        new JvmMemoryMetrics().bindTo(platform);
        new JvmThreadMetrics().bindTo(platform);
        new ClassLoaderMetrics().bindTo(platform);
        collections.bindTo(platform);
        new ProcessorMetrics().bindTo(platform);
        new UptimeMetrics().bindTo(platform);
        new FileDescriptorMetrics().bindTo(platform);
    }

    /// Counts a call.
    ///
    /// @param well whether it was answered; refusals and faults are errors
    public void called(Ref ref, Action action, long nanos, boolean well) {
        AtomicReferenceArray<CallSeries> known = calls.get(ref);
        CallSeries one = known == null ? null : known.get(action.ordinal());
        (one == null ? series(ref, action) : one).add(nanos, well, clock.millis());
    }

    private CallSeries series(Ref ref, Action action) {
        if (series.get() >= SERIES_MAX && !ref.equals(OTHERS)) {
            return series(OTHERS, action);
        }
        AtomicReferenceArray<CallSeries> actions =
                calls.computeIfAbsent(ref, _ -> new AtomicReferenceArray<>(ACTIONS));
        CallSeries made = new CallSeries();
        if (actions.compareAndSet(action.ordinal(), null, made)) {
            series.incrementAndGet();
            register(ref, action, made);
            return made;
        }
        return actions.get(action.ordinal());
    }

    private void register(Ref ref, Action action, CallSeries made) {
        Tags tags = Tags.of(
                "app", ref.app(), "type", ref.kind(), "ref", ref.toString(), "action", action.word());
        FunctionTimer.builder("appos.calls", made, CallSeries::count, CallSeries::nanos, TimeUnit.NANOSECONDS)
                .description("Calls through the door").tags(tags).register(objects);
        FunctionCounter.builder("appos.call.errors", made, CallSeries::errors)
                .description("Calls that were refused or failed").tags(tags).register(objects);
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            Gauge.builder("appos.call.seconds", made, each -> quantile(each, share))
                    .description("How long calls of the last hour took")
                    .tags(tags.and("quantile", Double.toString(share))).register(objects);
        }
    }

    private double quantile(CallSeries each, double share) {
        CallSeries.Sum sum = each.sum(Duration.ofHours(1), clock.millis());
        return (share == 0.5 ? sum.p50() : share == 0.95 ? sum.p95() : sum.p99()) / 1e9;
    }

    /// Adds a number about the platform itself.
    public void gauge(String name, String description, Supplier<Number> value) {
        gauge(platform, name, description, Tags.empty(), value);
    }

    /// Adds a number that only those with a credential see, such as the processes of one status.
    public void gauge(String name, String description, Map<String, String> tags, Supplier<Number> value) {
        Tags named = Tags.empty();
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            named = named.and(tag.getKey(), tag.getValue());
        }
        gauge(objects, name, description, named, value);
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, Tags tags, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).strongReference(true).register(registry);
    }

    /// Adds a number of the platform that only grows.
    public void counter(String name, String description, Map<String, String> tags, Supplier<Number> value) {
        Tags named = Tags.empty();
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            named = named.and(tag.getKey(), tag.getValue());
        }
        FunctionCounter.builder(name, value, each -> each.get().doubleValue())
                .description(description).tags(named).register(platform);
    }

    /// The numbers in Prometheus' text form.
    ///
    /// @param everything also those that name objects of apps
    public String text(boolean everything) {
        return everything ? platform.scrape() + objects.scrape() : platform.scrape();
    }

    /// How objects were used, the busiest first.
    ///
    /// @param ref    one object, or all
    /// @param window reaching back from now, no longer than [#WINDOW_MAX]; up to an hour in steps of five minutes
    public List<Figures> figures(Optional<Ref> ref, Duration window) {
        List<Figures> figures = new ArrayList<>();
        calls.forEach((each, actions) -> {
            if (ref.map(each::equals).orElse(true)) {
                for (Action action : Action.values()) {
                    CallSeries one = actions.get(action.ordinal());
                    if (one != null) {
                        figures.add(figures(each, action.word(), List.of(one), window));
                    }
                }
            }
        });
        figures.sort(Comparator.comparingLong(Figures::count).reversed().thenComparing(Figures::ref));
        return figures;
    }

    /// How one object was used, whatever was done with it; empty if it was not used in this time.
    ///
    /// @param window as in [#figures(Optional, Duration)]; of a longer one the last [#WINDOW_MAX]
    public Optional<Figures> together(Ref ref, Duration window) {
        AtomicReferenceArray<CallSeries> actions = calls.get(ref);
        if (actions == null) {
            return Optional.empty();
        }
        List<CallSeries> all = IntStream.range(0, ACTIONS)
                .mapToObj(actions::get)
                .filter(Objects::nonNull)
                .toList();
        Duration reach = window.compareTo(WINDOW_MAX) > 0 ? WINDOW_MAX : window;
        return Optional.of(figures(ref, ANY, all, reach)).filter(figures -> figures.count() > 0);
    }

    private Figures figures(Ref ref, String action, List<CallSeries> series, Duration window) {
        CallSeries.Sum sum = CallSeries.sum(series, window, clock.millis());
        long last = series.stream().mapToLong(CallSeries::last).max().orElse(0);
        return new Figures(
                ref.toString(), action, sum.count(), sum.errors(),
                sum.count() == 0 ? 0 : (double) sum.errors() / sum.count(),
                sum.count() == 0 ? 0 : millis(sum.nanos() / sum.count()),
                millis(sum.p50()), millis(sum.p95()), millis(sum.p99()), Instant.ofEpochMilli(last));
    }

    private static double millis(long nanos) {
        return nanos / 1_000 / 1_000.0;
    }

    @Override
    public void close() {
        collections.close();
        platform.close();
        objects.close();
    }
}
