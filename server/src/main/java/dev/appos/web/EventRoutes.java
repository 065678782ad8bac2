package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.record.LiveFeed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Live changes as server-sent events: `/api/v1/events?topics=crm.records.customer`.
final class EventRoutes {

    /// Record types one connection may follow.
    static final int MOST_TOPICS = 20;

    /// Connections one account may hold on one server.
    static final int MOST_OF_ONE = 20;

    /// Connections of all together on one server.
    static final int MOST_OF_ALL = 2000;

    private final Calls calls;
    private final Authentication authentication;
    private final LiveFeed feed;
    private final Clock clock;
    private final Map<String, Integer> connections = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    EventRoutes(Calls calls, Authentication authentication, LiveFeed feed, Clock clock) {
        this.calls = calls;
        this.authentication = authentication;
        this.feed = feed;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get(
                "/api/v1/events",
                "Changes of live records as they happen, as server-sent events: `topics` names record types.",
                this::follow));
    }

    private Response follow(Request request) {
        List<Ref> topics = topics(request);
        EventStream stream = new EventStream(calls, feed, new EventStream.Reader(authentication, request, clock));
        topics.forEach(stream::follow);
        Optional<Long> last = last(request);
        if (request.method().equals("HEAD")) {
            return new Response(200, EventStream.TYPE, Map.of(), new byte[0]);
        }
        String name = request.caller().context().principal().name();
        enter(name);
        return Response.stream(200, EventStream.TYPE, new Response.Stream(-1, out -> {
                    try {
                        stream.write(out, last);
                    } catch (IOException gone) {
                        // Whoever followed is gone, or too slow to be told; he may come back with the last id.
                        return;
                    } finally {
                        leave(name);
                    }
                }))
                .with("X-Accel-Buffering", "no");
    }

    private static List<Ref> topics(Request request) {
        String wanted = request.query("topics").orElse("");
        List<String> names = Arrays.stream(wanted.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .distinct().toList();
        if (names.isEmpty() || names.size() > MOST_TOPICS) {
            throw Refusal.malformed(
                    "topics names " + names.size() + " record types.",
                    "Name between 1 and " + MOST_TOPICS + " of them: ?topics=crm.records.customer");
        }
        return names.stream().map(EventRoutes::topic).toList();
    }

    private static Ref topic(String name) {
        try {
            return Ref.of(name);
        } catch (IllegalArgumentException _) {
            throw Refusal.notFound("object called " + name);
        }
    }

    private static Optional<Long> last(Request request) {
        return request.header("Last-Event-ID").or(() -> request.query("last_event_id")).filter(id -> !id.isBlank())
                .map(id -> {
                    try {
                        return Long.valueOf(id.strip());
                    } catch (NumberFormatException _) {
                        throw Refusal.malformed(
                                "Last-Event-ID is not one that was sent.", "Send that of an event, or none.");
                    }
                });
    }

    private void enter(String name) {
        int mine = connections.merge(name, 1, Integer::sum);
        if (all.incrementAndGet() > MOST_OF_ALL || mine > MOST_OF_ONE) {
            leave(name);
            throw Refusal.overBudget(
                    "There are too many connections that follow changes: " + MOST_OF_ONE + " for each account, "
                            + MOST_OF_ALL + " in all.",
                    Duration.ofSeconds(10));
        }
    }

    private void leave(String name) {
        all.decrementAndGet();
        connections.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }
}
