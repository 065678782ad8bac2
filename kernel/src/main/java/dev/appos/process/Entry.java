package dev.appos.process;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.dispatch.Typed;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of a journal: a step, a sleep or a question to a person.
///
/// @param path     of names, unique in the instance: `announce/welcome/send#2`
/// @param digest   of what was asked; another one at the same path is another step
/// @param attempt  from 1
/// @param approval the question it waits for
record Entry(
        String path,
        String digest,
        Status status,
        int attempt,
        Content content,
        Times times,
        Optional<UUID> approval) {

    enum Status {
        DONE,
        FAILED,
        WAITING,
        RUNNING,
        /// Its condition was not met.
        SKIPPED,
        /// The server stopped in the middle of it; it is done again.
        INTERRUPTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// What went in and came out, as JSON texts.
    ///
    /// @param inputs  for people
    /// @param answer  with its Java types, for replays
    /// @param outputs for people
    /// @param error   why it failed, plain text
    record Content(
            Optional<String> inputs, Optional<String> answer, Optional<String> outputs, Optional<String> error) {

        static final Content NONE =
                new Content(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Content answered(String typed, String plain) {
            return new Content(inputs, Optional.of(typed), Optional.of(plain), Optional.empty());
        }

        Content failed(String message) {
            return new Content(inputs, Optional.empty(), Optional.empty(), Optional.of(message));
        }
    }

    /// @param wake when a wait ends
    record Times(Instant started, Optional<Instant> finished, Optional<Instant> wake) {

        static Times since(Instant started) {
            return new Times(started, Optional.empty(), Optional.empty());
        }
    }

    static Entry running(String path, String digest, int attempt, Content content, Instant started) {
        return new Entry(path, digest, Status.RUNNING, attempt, content, Times.since(started), Optional.empty());
    }

    /// Keeps an answer, for replays and for people.
    ///
    /// @throws IllegalArgumentException if it is of a type that cannot be kept
    /// @throws BodyFault                if it is too large
    Entry done(@Nullable Object answer, Instant finished) {
        String typed = Typed.write(answer);
        Payloads.check("Step \"" + path + "\" answers", typed);
        return done(typed, Json.write(Plain.of(answer)), finished);
    }

    Entry done(String typed, String plain, Instant finished) {
        Times ended = new Times(times.started(), Optional.of(finished), times.wake());
        return new Entry(path, digest, Status.DONE, attempt, content.answered(typed, plain), ended, approval);
    }

    Entry failed(String message, Instant finished) {
        Times ended = new Times(times.started(), Optional.of(finished), Optional.empty());
        return new Entry(path, digest, Status.FAILED, attempt, content.failed(message), ended, approval);
    }

    Entry skipped(String typed) {
        Times ended = new Times(times.started(), Optional.of(times.started()), Optional.empty());
        return new Entry(path, digest, Status.SKIPPED, attempt, content.answered(typed, typed), ended, approval);
    }

    Entry waitingUntil(Instant wake) {
        Times waiting = new Times(times.started(), Optional.empty(), Optional.of(wake));
        return new Entry(path, digest, Status.WAITING, attempt, content, waiting, approval);
    }

    Entry waitingFor(UUID question) {
        return new Entry(path, digest, Status.WAITING, attempt, content, times, Optional.of(question));
    }
}
