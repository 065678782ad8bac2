package dev.appos.process;

import dev.appos.base.Digest;
import dev.appos.base.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A wait of some length, counted from when it was first asked for.
record Sleep(Scope scope, String path, Duration length) {

    /// Returns when the time is over.
    ///
    /// @throws Unwind.Park if that is not soon
    void take() {
        if (length.compareTo(Bounds.SLEEP_LONGEST) > 0) {
            throw new BodyFault("A sleep of " + length.toDays() + " days is longer than the "
                    + Bounds.SLEEP_LONGEST.toDays() + " there may be.");
        }
        Run run = scope.run();
        String digest = Digest.sha256(length.toString());
        Entry entry = run.history().ask(scope.prefix(), path, digest).orElseGet(() -> begin(digest));
        if (entry.status() == Entry.Status.DONE) {
            return;
        }
        run.begin();
        run.await(entry.times().wake().orElseThrow());
        run.write(run.answered(entry, null));
    }

    private Entry begin(String digest) {
        Run run = scope.run();
        run.begin();
        String inputs = Json.write(Map.of("length", length.toString()));
        Entry.Content content =
                new Entry.Content(Optional.of(inputs), Optional.empty(), Optional.empty(), Optional.empty());
        Instant now = run.now();
        Entry begun = Entry.running(path, digest, 1, content, now).waitingUntil(now.plus(length));
        run.write(begun);
        return begun;
    }
}
