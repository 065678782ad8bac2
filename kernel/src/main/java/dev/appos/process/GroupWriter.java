package dev.appos.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Writes what many threads bring in as few transactions as possible: each takes all that came while the last one ran.
///
/// It is the number of commits that limits a database, not the number of rows. Nobody waits for company: what comes
/// alone is written alone, at once. Thread-safe.
final class GroupWriter<T, R> implements AutoCloseable {

    private static final int MOST = 512;
    private static final int QUEUE_MOST = 4 * MOST;
    private static final long LOOK_MS = 50;

    private record Item<T, R>(T row, CompletableFuture<R> answer) {}

    private final BlockingQueue<Item<T, R>> queue = new ArrayBlockingQueue<>(QUEUE_MOST);
    private final Function<List<T>, List<R>> work;
    private final Thread thread;
    private volatile boolean closing;

    /// @param work writes rows in one transaction, and answers for each in their order
    GroupWriter(String name, Function<List<T>, List<R>> work) {
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::write);
    }

    /// Writes a row, with others, and returns when it is committed.
    ///
    /// @throws RuntimeException as `work` throws for this row alone
    /// @throws Unwind.Lost      if the writer is closed
    R write(T row) {
        Item<T, R> item = new Item<>(row, new CompletableFuture<>());
        try {
            while (!queue.offer(item, LOOK_MS, TimeUnit.MILLISECONDS)) {
                refuseWhenClosed();
            }
            while (true) {
                try {
                    return item.answer().get(LOOK_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    if (!thread.isAlive()) {
                        throw new Unwind.Lost();
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Unwind.Lost();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        }
    }

    private void refuseWhenClosed() {
        if (closing) {
            throw new Unwind.Lost();
        }
    }

    private void write() {
        List<Item<T, R>> items = new ArrayList<>(MOST);
        while (!closing || !queue.isEmpty()) {
            try {
                Item<T, R> first = queue.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                items.add(first);
                queue.drainTo(items, MOST - 1);
            } catch (InterruptedException _) {
                closing = true;
            }
            write(items);
            items.clear();
        }
    }

    private void write(List<Item<T, R>> items) {
        try {
            List<R> answers = work.apply(items.stream().map(Item::row).toList());
            for (int i = 0; i < items.size(); i++) {
                items.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException failure) {
            if (items.size() == 1) {
                items.getFirst().answer().completeExceptionally(failure);
            } else {
                // One bad row is the fault of whoever brought it, and not of the others.
                items.forEach(item -> write(List.of(item)));
            }
        }
    }

    /// Writes what is waiting and ends.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
