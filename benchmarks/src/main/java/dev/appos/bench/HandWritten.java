package dev.appos.bench;

import dev.appos.base.Ids;
import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The least that durable steps can cost in PostgreSQL: a row for an instance, a row for each step and an update at the
/// end, each waited for, many in one commit.
final class HandWritten {

    private static final int WRITERS = 2;
    private static final int MOST = 512;
    private static final String SCHEMA = """
            create table if not exists public.hand_instance (
                id uuid primary key, process text not null, input json, output json, finished_at timestamptz);
            create table if not exists public.hand_step (
                instance_id uuid not null, path text not null, output json, started_at timestamptz not null,
                primary key (instance_id, path))""";
    private static final String INSTANCE =
            "insert into public.hand_instance (id, process, input) values (?, 'crm.processes.reading', '[7]')";
    private static final String STEP = """
            insert into public.hand_step (instance_id, path, output, started_at) values (?, ?, '1', now())""";
    private static final String END =
            "update public.hand_instance set output = 'null', finished_at = now() where id = any(?)";

    /// A row on its way; a path of "" begins an instance, one of "end" ends it.
    private record Row(UUID id, String path, CompletableFuture<Boolean> done) {}

    private final Database database;
    private final Ids ids = new Ids(Clock.systemUTC(), new SecureRandom());

    HandWritten(Database database) {
        this.database = database;
        database.write(sql -> sql.execute(SCHEMA));
    }

    /// @return how many seconds it took
    double run(int instances, int inFlight) throws Exception {
        List<BlockingQueue<Row>> queues = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            BlockingQueue<Row> queue = new LinkedBlockingQueue<>();
            queues.add(queue);
            writers.add(Thread.ofPlatform().daemon().start(() -> write(queue)));
        }
        long begun = System.nanoTime();
        Semaphore room = new Semaphore(inFlight);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < instances; i++) {
                room.acquire();
                threads.submit(() -> {
                    instance(queues);
                    room.release();
                });
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        writers.forEach(Thread::interrupt);
        for (Thread writer : writers) {
            writer.join();
        }
        return seconds;
    }

    private void instance(List<BlockingQueue<Row>> queues) {
        UUID id = ids.next();
        BlockingQueue<Row> queue = queues.get(Math.floorMod(id.hashCode(), WRITERS));
        put(queue, id, "");
        for (int step = 0; step < LoadNode.STEPS; step++) {
            put(queue, id, "step" + step);
        }
        put(queue, id, "end");
    }

    private static void put(BlockingQueue<Row> queue, UUID id, String path) {
        Row row = new Row(id, path, new CompletableFuture<>());
        queue.add(row);
        row.done().join();
    }

    private void write(BlockingQueue<Row> queue) {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement instance = connection.prepareStatement(INSTANCE);
                PreparedStatement step = connection.prepareStatement(STEP);
                PreparedStatement end = connection.prepareStatement(END)) {
            connection.setAutoCommit(false);
            while (!Thread.currentThread().isInterrupted()) {
                Row first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    rows.add(first);
                    queue.drainTo(rows, MOST - 1);
                    write(connection, rows, instance, step, end);
                    connection.commit();
                    rows.forEach(row -> row.done().complete(true));
                    rows.clear();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void write(
            Connection connection, List<Row> rows, PreparedStatement instance, PreparedStatement step,
            PreparedStatement end) throws SQLException {
        List<UUID> ended = new ArrayList<>();
        int begun = 0;
        for (Row row : rows) {
            switch (row.path()) {
                case "end" -> ended.add(row.id());
                case "" -> {
                    instance.setObject(1, row.id());
                    instance.addBatch();
                    begun++;
                }
                default -> {
                    step.setObject(1, row.id());
                    step.setString(2, row.path());
                    step.addBatch();
                }
            }
        }
        if (begun > 0) {
            instance.executeBatch();
        }
        if (rows.size() > begun + ended.size()) {
            step.executeBatch();
        }
        if (!ended.isEmpty()) {
            end.setArray(1, connection.createArrayOf("uuid", ended.toArray()));
            end.executeUpdate();
        }
    }

    /// One row in one commit.
    ///
    /// @return how many nanoseconds it took
    long commit(long number) {
        UUID id = ids.next();
        long begun = System.nanoTime();
        database.read(sql -> sql.execute(STEP, id, "step" + number));
        return System.nanoTime() - begun;
    }
}
