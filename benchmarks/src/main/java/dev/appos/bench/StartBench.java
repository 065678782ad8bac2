package dev.appos.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From the command line to the first answer, on a data directory that exists: `./appos run` as a user types it.
final class StartBench {

    private static final int STARTS = 7;
    private static final long LIMIT_MS = 60_000;

    private StartBench() {}

    static void run() throws Exception {
        try (Workshop workshop = new Workshop()) {
            workshop.prepare();
            List<Long> millis = new ArrayList<>();
            for (int start = 0; start < STARTS; start++) {
                millis.add(start(workshop));
            }
            List<Long> sorted = millis.stream().sorted().toList();
            System.out.printf("%nStart to first 200 of /ready, %d starts on existing data: "
                    + "min %d ms, median %d ms, max %d ms (limit 4000 ms)%n",
                    STARTS, sorted.getFirst(), sorted.get(STARTS / 2), sorted.getLast());
        }
    }

    private static long start(Workshop workshop) throws IOException, InterruptedException {
        int port = freePort();
        String appos = Path.of(System.getProperty("appos.home"), "appos").toString();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        appos, "run", "--home", workshop.home().toString(), "--port", String.valueOf(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            untilReady(port, begin, process);
            return (System.nanoTime() - begin) / 1_000_000;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void untilReady(int port, long begin, Process process) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (process.isAlive() && System.nanoTime() - begin < LIMIT_MS * 1_000_000) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException _) {
                    // Nobody listens yet.
                }
                Thread.sleep(5);
            }
        }
        throw new IOException("the server was not ready within " + LIMIT_MS + " ms");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
