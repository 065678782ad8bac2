package dev.appos.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// A closed loop of HTTP requests over a few kept-alive connections to the loopback address: each connection sends the
/// next request when the answer to the last is read. Bounded in time.
final class Load {

    private static final int MOST_SAMPLES = 2_000_000;

    private Load() {}

    /// One request.
    record Shot(String method, String path, String headers, String body) {

        byte[] bytes(int port) {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers
                    + (content.length == 0
                            ? ""
                            : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                    + "\r\n";
            return (head + body).getBytes(StandardCharsets.UTF_8);
        }
    }

    /// What a round showed. Latencies in microseconds.
    record Result(double perSecond, long p50Micros, long p99Micros, long errors) {}

    /// Fires at `port` from so many connections for so long.
    static Result fire(int port, int connections, long millis, IntFunction<Shot> shots) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        List<Callable<long[]>> loops = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            int number = connection;
            loops.add(() -> loop(port, end, number, shots));
        }
        long start = System.nanoTime();
        List<long[]> samples = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (Future<long[]> loop : threads.invokeAll(loops)) {
                samples.add(loop.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a connection failed", e.getCause());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long errors = samples.stream().flatMapToLong(Arrays::stream).filter(each -> each < 0).count();
        long[] good = samples.stream().flatMapToLong(Arrays::stream).filter(each -> each >= 0).sorted().toArray();
        if (good.length == 0) {
            return new Result(0, 0, 0, errors);
        }
        return new Result(
                good.length / seconds, good[good.length / 2] / 1000, good[good.length * 99 / 100] / 1000, errors);
    }

    /// Nanoseconds of each request; negative for one that was not answered with success.
    private static long[] loop(int port, long end, int connection, IntFunction<Shot> shots) throws IOException {
        long[] samples = new long[64 * 1024];
        int count = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            for (int i = connection * 7919; System.nanoTime() < end && count < MOST_SAMPLES; i++) {
                byte[] request = shots.apply(i).bytes(port);
                long start = System.nanoTime();
                out.write(request);
                out.flush();
                int status = answer(in);
                long took = System.nanoTime() - start;
                if (count == samples.length) {
                    samples = Arrays.copyOf(samples, count * 2);
                }
                samples[count++] = status < 300 ? took : -took;
            }
        }
        return Arrays.copyOf(samples, count);
    }

    /// Reads one answer to its end and gives back its status.
    private static int answer(InputStream in) throws IOException {
        String status = line(in);
        long length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            }
            chunked |= header.regionMatches(true, 0, "transfer-encoding: chunked", 0, 26);
        }
        if (chunked) {
            for (long size = chunk(in); size > 0; size = chunk(in)) {
                in.skipNBytes(size + 2);
            }
            line(in);
        } else {
            in.skipNBytes(length);
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private static long chunk(InputStream in) throws IOException {
        return Long.parseLong(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new EOFException("the connection was closed");
            }
            if (letter != '\r') {
                line.append((char) letter);
            }
        }
        return line.toString();
    }
}
