package dev.appos.process;

import org.jspecify.annotations.Nullable;

/// How a body, or a branch of it, came to its end for now.
sealed interface Outcome {

    record Value(@Nullable Object value) implements Outcome {}

    record Fault(Throwable cause) implements Outcome {}

    /// It waits, or must stop.
    record Left(Unwind why) implements Outcome {}

    /// Code that may throw anything.
    interface Body {
        @Nullable Object run() throws Throwable;
    }

    static Outcome of(Body body) {
        try {
            return new Value(body.run());
        } catch (Unwind why) {
            return new Left(why);
        } catch (Throwable cause) {
            return new Fault(cause);
        }
    }
}
