package dev.appos.trace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How often one thing was done, how long it took and how often it went wrong: in all, and for each part of the last
/// day. Adding is a few increments, without locks and without garbage.
final class CallSeries {

    private static final long FINE_MS = Duration.ofMinutes(5).toMillis();
    private static final long COARSE_MS = Duration.ofHours(1).toMillis();

    /// The longest time that is told apart: a day.
    private static final int BUCKETS = bucket(Duration.ofDays(1).toNanos()) + 1;

    private final LongAdder count = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicReferenceArray<@Nullable Slice> fine = new AtomicReferenceArray<>(13);
    private final AtomicReferenceArray<@Nullable Slice> coarse = new AtomicReferenceArray<>(25);
    private volatile long last;

    /// A stretch of time.
    private static final class Slice {
        private final long number;
        private final AtomicIntegerArray buckets = new AtomicIntegerArray(BUCKETS);
        private final LongAdder errors = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        Slice(long number) {
            this.number = number;
        }

        /// Adds its own buckets, and answers how many that was.
        long into(long[] sums) {
            long all = 0;
            for (int b = 0; b < BUCKETS; b++) {
                int one = buckets.get(b);
                sums[b] += one;
                all += one;
            }
            return all;
        }
    }

    /// What happened in a stretch of time.
    ///
    /// @param p50 nanoseconds, within 6 %
    record Sum(long count, long errors, long nanos, long p50, long p95, long p99) {}

    /// Counts one.
    void add(long took, boolean well, long nowMs) {
        int bucket = Math.min(BUCKETS - 1, bucket(took));
        count.increment();
        nanos.add(took);
        if (!well) {
            errors.increment();
        }
        last = nowMs;
        add(slice(fine, nowMs / FINE_MS), bucket, took, well);
        add(slice(coarse, nowMs / COARSE_MS), bucket, took, well);
    }

    private static void add(Slice slice, int bucket, long took, boolean well) {
        slice.buckets.incrementAndGet(bucket);
        slice.nanos.add(took);
        if (!well) {
            slice.errors.increment();
        }
    }

    private static Slice slice(AtomicReferenceArray<@Nullable Slice> ring, long number) {
        int place = (int) (number % ring.length());
        Slice known = ring.get(place);
        while (known == null || known.number < number) {
            ring.compareAndSet(place, known, new Slice(number));
            known = ring.get(place);
        }
        return known;
    }

    long count() {
        return count.sum();
    }

    long errors() {
        return errors.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    /// When it was done last, milliseconds since 1970; 0 for never.
    long last() {
        return last;
    }

    /// What happened in the last so long, in whole stretches of five minutes up to an hour, of an hour beyond.
    Sum sum(Duration window, long nowMs) {
        return sum(List.of(this), window, nowMs);
    }

    /// The same of several together.
    static Sum sum(List<CallSeries> series, Duration window, long nowMs) {
        boolean fits = window.toMillis() <= COARSE_MS;
        long width = fits ? FINE_MS : COARSE_MS;
        long newest = nowMs / width;
        long oldest = (nowMs - window.toMillis()) / width;
        long[] buckets = new long[BUCKETS];
        long failed = 0;
        long took = 0;
        long all = 0;
        for (CallSeries each : series) {
            AtomicReferenceArray<@Nullable Slice> ring = fits ? each.fine : each.coarse;
            for (int i = 0; i < ring.length(); i++) {
                Slice slice = ring.get(i);
                if (slice != null && slice.number >= oldest && slice.number <= newest) {
                    all += slice.into(buckets);
                    failed += slice.errors.sum();
                    took += slice.nanos.sum();
                }
            }
        }
        return new Sum(all, failed, took, at(buckets, all, 0.50), at(buckets, all, 0.95), at(buckets, all, 0.99));
    }

    private static long at(long[] buckets, long all, double share) {
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int b = 0; b < buckets.length; b++) {
            seen += buckets[b];
            if (seen >= wanted && all > 0) {
                return middle(b);
            }
        }
        return 0;
    }

    /// Eight buckets for each doubling of a microsecond.
    static int bucket(long nanos) {
        long micros = Math.max(0, nanos) / 1_000;
        if (micros < 8) {
            return (int) micros;
        }
        int octave = 63 - Long.numberOfLeadingZeros(micros);
        return (octave - 2) * 8 + (int) (micros >>> (octave - 3) & 7);
    }

    private static long middle(int bucket) {
        if (bucket < 8) {
            return bucket * 1_000L + 500;
        }
        int octave = bucket / 8 + 2;
        long width = 1L << (octave - 3);
        return ((8L + bucket % 8) * width + width / 2) * 1_000;
    }
}
