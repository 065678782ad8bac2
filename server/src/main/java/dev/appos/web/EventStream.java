package dev.appos.web;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import dev.appos.record.LiveFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One connection that follows records. What is new is asked for at the door, in the name of whoever follows as he
/// stands now; nothing is kept for him, so however slow he is he costs no memory, and he goes on where he stopped.
final class EventStream {

    static final String TYPE = "text/event-stream";

    /// How soon a session that ended or a permission that was taken ends the stream.
    private static final Duration LOOK = Duration.ofMillis(250);

    /// How often something is said to who hears nothing, so that nobody between takes the connection for dead.
    private static final Duration BEAT = Duration.ofSeconds(15);

    /// Changes of one record type asked for at once.
    private static final int BATCH = 500;

    /// What a client waits before it comes back.
    private static final int RETRY_MS = 2000;

    /// Who follows, and what proves it.
    record Reader(Authentication authentication, Request request, Clock clock) {

        Optional<Context> context() {
            Caller caller = request.caller();
            return authentication.still(request).map(principal ->
                    new Context(principal, caller.executionId(), clock.instant(), caller.origin()));
        }
    }

    private final Calls calls;
    private final LiveFeed feed;
    private final Reader reader;
    private final Map<Ref, String> tables = new LinkedHashMap<>();

    EventStream(Calls calls, LiveFeed feed, Reader reader) {
        this.calls = calls;
        this.feed = feed;
        this.reader = reader;
    }

    /// Follows a record type, too.
    ///
    /// @throws Refusal if the caller may not view it, or it is not live
    void follow(Ref topic) {
        Context context = reader.request().context();
        RecordDefinition record = calls.record(context, topic).orElseThrow(() -> Dispatcher.unknown(topic));
        changes(context, topic, 0, 0);
        tables.put(topic, topic.app() + "." + record.plural());
    }

    /// Tells of changes until the reader goes, or may no longer know of them.
    ///
    /// @param last the last change the reader knows; without it, those from now on
    /// @throws IOException when the reader is gone
    void write(OutputStream out, Optional<Long> last) throws IOException {
        long now = feed.open();
        try {
            long sent = last.orElse(now);
            if (sent < feed.forgotten() || sent > now) {
                // What he missed is forgotten: he has to read everything again.
                say(out, "event: reset\ndata: {}\n\n");
                sent = now;
            }
            say(out, "retry: " + RETRY_MS + "\nid: " + sent + "\nevent: ready\ndata: {}\n\n");
            sent = tell(out, sent, now, true);
            long beat = System.nanoTime();
            while (!feed.closed()) {
                long upto = feed.await(sent, LOOK);
                long next = tell(out, sent, upto, false);
                if (next < 0) {
                    return;
                }
                if (next > sent || System.nanoTime() - beat > BEAT.toNanos()) {
                    beat = System.nanoTime();
                    // Also without news the reader learns how far he is.
                    say(out, "id: " + next + "\n\n");
                }
                sent = next;
            }
        } finally {
            feed.leave();
        }
    }

    /// Tells what is new. Answers how far it came, or -1 if there is nothing more to be told to this reader.
    private long tell(OutputStream out, long from, long upto, boolean all) throws IOException {
        Optional<Context> context = reader.context();
        boolean his = context.isPresent()
                && tables.keySet().stream().allMatch(topic -> calls.record(context.get(), topic).isPresent());
        if (!his) {
            return ended(out, "What you followed is no longer yours to see, or your login has ended.");
        }
        long sent = from;
        while (sent < upto) {
            List<Ref> changed = new ArrayList<>();
            for (Map.Entry<Ref, String> topic : tables.entrySet()) {
                if (all || feed.changed(topic.getValue(), sent)) {
                    changed.add(topic.getKey());
                }
            }
            try {
                sent = batch(out, context.get(), changed, sent, upto);
            } catch (Refusal refusal) {
                return ended(out, String.valueOf(refusal.getMessage()));
            }
        }
        return sent;
    }

    private long batch(OutputStream out, Context context, List<Ref> topics, long from, long upto)
            throws IOException {
        long reached = upto;
        TreeMap<Long, String> events = new TreeMap<>();
        for (Ref topic : topics) {
            List<Map<String, Object>> changes = changes(context, topic, from, upto);
            changes.stream().filter(change -> change.containsKey("change"))
                    .forEach(change -> events.put((Long) change.get("position"), event(topic, change)));
            if (changes.size() == BATCH) {
                reached = Math.min(reached, (Long) changes.getLast().get("position"));
            }
        }
        for (String event : events.headMap(reached, true).values()) {
            say(out, event);
        }
        return reached;
    }

    @SuppressWarnings("unchecked") // the answer to FollowRecords
    private List<Map<String, Object>> changes(Context context, Ref topic, long after, long upto) {
        Input input = new Input.FollowRecords(after, upto, BATCH);
        return (List<Map<String, Object>>) calls.call(context, topic, input);
    }

    private static String event(Ref topic, Map<String, Object> change) {
        Map<String, Object> data = new LinkedHashMap<>(change);
        Object position = data.remove("position");
        Object kind = data.remove("change");
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("topic", topic.toString());
        told.putAll(data);
        return "id: " + position + "\nevent: " + kind + "\ndata: " + Json.write(Plain.of(told)) + "\n\n";
    }

    private static long ended(OutputStream out, String why) throws IOException {
        say(out, "event: end\ndata: " + Json.write(Map.of("reason", why)) + "\n\n");
        return -1;
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
