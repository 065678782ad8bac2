package dev.appos.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads records batch by batch, each after the last id of the one before, so that neither memory nor a transaction is
/// held for all of them.
final class Batches<R> extends Spliterators.AbstractSpliterator<Row<R>> {

    /// Records in one batch.
    static final int SIZE = 1000;

    private final Query<R, ?> query;
    private final Deque<Row<R>> read = new ArrayDeque<>();
    private long last;
    private boolean ended;

    Batches(Query<R, ?> query) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
        this.query = query;
    }

    Stream<Row<R>> stream() {
        return StreamSupport.stream(this, false).onClose(() -> ended = true);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Row<R>> action) {
        if (read.isEmpty() && !ended) {
            List<Row<R>> batch = query.after(last).limit(SIZE).rows();
            read.addAll(batch);
            ended = batch.size() < SIZE;
        }
        Row<R> next = read.poll();
        if (next == null) {
            return false;
        }
        last = next.id();
        action.accept(next);
        return true;
    }
}
