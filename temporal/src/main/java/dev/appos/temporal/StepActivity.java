package dev.appos.temporal;

import dev.appos.process.Hosting;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;

/// Does whatever a body asks of the world: steps that name an object on any server, the rest on the body's own.
///
/// What becomes of a step is an answer, also where it failed. What this throws is a fault of the server, and is tried
/// again as long as it takes.
final class StepActivity implements DynamicActivity {

    /// Without a beat for so long, the step is given to another server.
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofSeconds(3);

    private final Hosting hosting;
    private final Closures closures;

    StepActivity(Hosting hosting, Closures closures) {
        this.hosting = hosting;
        this.closures = closures;
    }

    @Override
    public Object execute(EncodedValues arguments) {
        String task = arguments.get(0, String.class);
        ActivityExecutionContext context = Activity.getExecutionContext();
        if (context.getInfo().isLocal()) {
            return closures.run(task);
        }
        Thread beats = Thread.ofVirtual().name("process-beats").start(() -> beat(context));
        try {
            return hosting.perform(task);
        } finally {
            beats.interrupt();
        }
    }

    private static void beat(ActivityExecutionContext context) {
        try {
            while (true) {
                Thread.sleep(BEAT);
                context.heartbeat(null);
            }
        } catch (InterruptedException | ActivityCompletionException _) {
            Thread.currentThread().interrupt();
        }
    }
}
