package dev.appos.process;

import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A wait for a signal: taken once, waited for without a thread.
///
/// The row of the signal goes in the transaction in which its value comes into the journal. A signal that comes while
/// the instance runs marks it, so that giving it up wakes it at once: see [Signals].
///
/// @param name     of the signal; the last name in the path, but for a number
/// @param patience how long; empty is for ever
record Signal(Scope scope, String path, String name, Class<?> type, Optional<Duration> patience) {

    /// What was sent, or nothing once the time is over.
    ///
    /// @throws Unwind.Park until then
    Optional<Object> answer() {
        Run run = scope.run();
        Form form = form();
        String asked = Json.write(List.of(name, type.getName(), patience.map(Duration::toString).orElse("")));
        String digest = Digest.sha256("signal" + asked);
        Optional<Entry> known = run.history().ask(scope.prefix(), path, digest);
        if (known.isPresent() && known.get().status() == Entry.Status.DONE) {
            return Optional.ofNullable(run.read(known.get()));
        }
        run.begin();
        int before = run.looks();
        Entry begun = begun(digest, known.map(Entry::times).orElseGet(this::times));
        Optional<Written> taken = run.persist(path, () -> take(begun, form));
        if (taken.isPresent()) {
            return Optional.ofNullable(run.read(run.kept(taken.get())));
        }
        Instant until = begun.times().wake().orElse(Instant.MAX);
        if (!until.isAfter(run.now())) {
            run.write(run.answered(begun, null));
            return Optional.empty();
        }
        if (known.isEmpty()) {
            run.write(begun);
        }
        run.awaitNews(before, until);
        return answer();
    }

    private Form form() {
        try {
            return Form.of(type);
        } catch (IllegalArgumentException cannot) {
            throw new BodyFault("The signal \"" + name + "\": " + cannot.getMessage());
        }
    }

    private Entry.Times times() {
        Instant now = scope.run().now();
        return new Entry.Times(now, Optional.empty(), patience.map(now::plus));
    }

    private Entry begun(String digest, Entry.Times times) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("signal", name);
        patience.ifPresent(length -> inputs.put("patience", length.toString()));
        Entry.Content content = new Entry.Content(
                Optional.of(Json.write(inputs)), Optional.empty(), Optional.empty(), Optional.empty());
        return new Entry(path, digest, Entry.Status.WAITING, 1, content, times, Optional.empty());
    }

    /// The oldest signal of this name as a finished entry, if there is one: both or neither.
    private Optional<Written> take(Entry begun, Form form) {
        Run run = scope.run();
        return run.means().parts().database().write(sql -> Signals.take(sql, run.instance().id(), name).map(sent -> {
            Entry done = run.answered(begun, value(form, sent));
            Journal.Put put = run.means().journal().put(sql, run.instance(), done);
            if (put == Journal.Put.LOST) {
                // It stays for whoever runs the instance now.
                throw new Unwind.Lost();
            }
            return new Written(done, put);
        }));
    }

    private Object value(Form form, String sent) {
        try {
            return form.read("The signal " + name, Json.object(Json.read(sent), "the signal"));
        } catch (Refusal changed) {
            // It was right when it was sent: the type is another now.
            throw new BodyFault(String.valueOf(changed.getMessage()));
        }
    }
}
