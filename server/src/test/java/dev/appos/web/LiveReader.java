package dev.appos.web;

import dev.appos.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody who follows changes, whose connection is cut again and again if so wanted.
final class LiveReader implements AutoCloseable {

    /// What was told.
    record Told(long id, String event, Map<String, Object> data) {}

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String address;
    private final String key;
    private final Random cuts;
    private final Thread thread;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile long last = -1;
    private volatile InputStream open = InputStream.nullInputStream();
    private volatile boolean closed;
    private volatile int connections;

    /// @param cuts where the connection is cut; null lets it be
    LiveReader(String url, String topics, String key, Random cuts) {
        this.address = url + "/api/v1/events?topics=" + topics;
        this.key = key;
        this.cuts = cuts;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    List<Told> told() {
        return told.stream().filter(each -> !List.of("ready", "end").contains(each.event())).toList();
    }

    boolean was(String event) {
        return told.stream().anyMatch(each -> each.event().equals(event));
    }

    /// The last change it knows of, or has been told that it need not know of.
    long last() {
        return last;
    }

    int connections() {
        return connections;
    }

    private void run() {
        while (!closed && !was("end")) {
            try {
                follow();
            } catch (IOException _) {
                // Cut: it comes back.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void follow() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header(Authentication.KEY_HEADER, key);
        if (last >= 0) {
            request.header("Last-Event-ID", Long.toString(last));
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        open = response.body();
        connections++;
        int left = cuts == null ? Integer.MAX_VALUE : 2 + cuts.nextInt(40);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            long id = last;
            String event = "";
            String data = "";
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        told.add(new Told(id, event, Json.object(Json.read(data), "data")));
                    }
                    last = id;
                    event = "";
                    data = "";
                    if (--left == 0) {
                        return;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
