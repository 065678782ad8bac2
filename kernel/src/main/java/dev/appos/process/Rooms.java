package dev.appos.process;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many more instances may run on this node now, lane by lane. Thread-safe.
final class Rooms {

    private final List<Semaphore> lanes;
    private final ProcessSettings settings;

    Rooms(ProcessSettings settings) {
        this.settings = settings;
        this.lanes = Arrays.stream(Lane.values()).map(lane -> new Semaphore(settings.most(lane))).toList();
    }

    /// What may be taken now of each lane, in their order.
    Integer[] free() {
        return lanes.stream().map(lane -> Math.min(lane.availablePermits(), Bounds.CLAIM_MOST)).toArray(Integer[]::new);
    }

    void take(Lane lane) {
        lanes.get(lane.ordinal()).acquireUninterruptibly();
    }

    void give(Lane lane) {
        lanes.get(lane.ordinal()).release();
    }

    /// Waits until nothing runs any more; nothing can be taken afterwards.
    ///
    /// @return whether that was so in time
    boolean empty(long waitMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        for (Lane lane : Lane.values()) {
            if (!lanes.get(lane.ordinal())
                    .tryAcquire(settings.most(lane), Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
