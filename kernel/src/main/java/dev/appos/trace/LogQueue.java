package dev.appos.trace;

import dev.appos.trace.JsonLog.Category;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Entries on their way to their files. When there is no room, the oldest performance entry makes it, then the oldest
/// execution entry; a security entry has room of its own and waits for it rather than being lost.
final class LogQueue {

    private final int max;
    private final int batch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<LogEntry> execution = new ArrayDeque<>();
    private final Deque<LogEntry> performance = new ArrayDeque<>();
    private final Deque<LogEntry> security = new ArrayDeque<>();
    private final Map<Category, LongAdder> dropped = new EnumMap<>(Category.class);
    private boolean pressed;
    private boolean closed;

    /// @param max   of execution and performance entries together, and of security entries once more
    /// @param batch so many waiting wake the writer
    LogQueue(int max, int batch) {
        this.max = max;
        this.batch = batch;
        for (Category category : Category.values()) {
            dropped.put(category, new LongAdder());
        }
    }

    /// Takes an entry, and answers whether nothing had to be dropped for it.
    boolean add(LogEntry entry) {
        lock.lock();
        try {
            boolean kept = switch (entry.category()) {
                case SECURITY -> waitForRoom(entry);
                case EXECUTION -> makeRoom() & execution.add(entry);
                case PERFORMANCE -> makeRoom() & performance.add(entry);
            };
            if (size() == batch) {
                filled.signal();
            }
            return kept;
        } finally {
            lock.unlock();
        }
    }

    private boolean makeRoom() {
        if (execution.size() + performance.size() < max) {
            return true;
        }
        LogEntry lost = performance.isEmpty() ? execution.removeFirst() : performance.removeFirst();
        dropped.get(lost.category()).increment();
        return false;
    }

    private boolean waitForRoom(LogEntry entry) {
        while (security.size() >= max && !closed) {
            pressed = true;
            filled.signal();
            room.awaitUninterruptibly();
        }
        return security.add(entry);
    }

    /// Moves what is waiting to `batch`, after waiting for a full one no longer than `nanos`.
    ///
    /// @return false when nothing is left and nothing more will come
    boolean drainTo(List<LogEntry> taken, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (size() < batch && !pressed && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            pressed = false;
            for (Deque<LogEntry> entries : List.of(security, execution, performance)) {
                taken.addAll(entries);
                entries.clear();
            }
            room.signalAll();
            return !closed || !taken.isEmpty();
        } catch (InterruptedException _) {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return execution.size() + performance.size() + security.size();
        } finally {
            lock.unlock();
        }
    }

    /// Counts entries that were taken and could not be written.
    void lost(List<LogEntry> entries) {
        entries.forEach(entry -> dropped.get(entry.category()).increment());
    }

    long dropped(Category category) {
        return dropped.get(category).sum();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
