package dev.appos.dispatch;

import org.jspecify.annotations.Nullable;

/// What an engine will do for one call, made ready but not begun.
public sealed interface Operation {

    /// The work itself. It reaches the database through the permit and in no other way.
    @FunctionalInterface
    interface Work {

        /// Does it, and answers.
        ///
        /// @throws Throwable whatever app code throws; [dev.appos.base.Refusal] for what the caller may hear
        @Nullable Object run(Permit permit) throws Throwable;
    }

    Work work();

    /// Whether it may change anything.
    default boolean writes() {
        return switch (this) {
            case Read _ -> false;
            case Write _, Statement _ -> true;
        };
    }

    /// Changes nothing: no transaction, no key, logged.
    record Read(Work work) implements Operation {}

    /// One transaction: the work, its audit rows and its answer under the call's key commit together or not at all.
    record Write(Work work) implements Operation {}

    /// One changing statement and nothing else. Called by itself it is its own transaction, which saves the round trip
    /// of a commit; where anything must be kept with it, it is a [Write].
    record Statement(Work work) implements Operation {}
}
