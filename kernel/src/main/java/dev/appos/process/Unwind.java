package dev.appos.process;

import java.time.Instant;

/// Leaves a process body that must not go on here and now. An error, so that an author's `catch` of exceptions does not
/// hold it up.
abstract sealed class Unwind extends Error {

    private static final long serialVersionUID = 1;

    private Unwind(String message) {
        super(message, null, false, false);
    }

    /// The instance waits: it is given up and taken back at its time.
    static final class Park extends Unwind {

        private static final long serialVersionUID = 1;

        private final Instant wake;

        Park(Instant wake) {
            super("parked");
            this.wake = wake;
        }

        /// When to go on; [Instant#MAX] for what only a person ends.
        Instant wake() {
            return wake;
        }

        Park and(Park other) {
            return wake.isBefore(other.wake) ? this : other;
        }
    }

    /// The code takes another way than the journal says: nothing is guessed, and no `catch` of the author goes on.
    static final class Diverged extends Unwind {

        private static final long serialVersionUID = 1;

        Diverged(String message) {
            super(message);
        }

        /// Both ways, for people.
        String message() {
            return String.valueOf(getMessage());
        }
    }

    /// Somebody asked for the process to end.
    static final class Cancelled extends Unwind {

        private static final long serialVersionUID = 1;

        Cancelled() {
            super("cancelled");
        }
    }

    /// The instance belongs to another node, or to a later run of this one: nothing more may be written.
    static final class Lost extends Unwind {

        private static final long serialVersionUID = 1;

        Lost() {
            super("lost");
        }
    }
}
