package dev.appos.process;

import dev.appos.api.AppCode;
import java.time.Instant;
import java.util.Optional;

/// The code that an instance runs on.
///
/// @param bodies of its app
/// @param kind   how that stands to what is live
record Version(AppCode bodies, Kind kind) {

    enum Kind {
        /// The code that began it is live.
        CURRENT,
        /// The code that began it was changed since, and kept for it.
        PINNED,
        /// The code that began it was changed since and not kept: the live one goes on, if it takes the same way.
        CHANGED,
        /// As if it was changed, to see which way it takes: nothing new is done, written or waited for.
        DRY
    }

    /// Whether it is other code than that which began the instance.
    boolean changed() {
        return kind == Kind.CHANGED || kind == Kind.DRY;
    }

    /// Where new work begins a dry run ends: the instance would go on here.
    void newWork() {
        if (kind == Kind.DRY) {
            throw new Unwind.Park(Instant.MAX);
        }
    }

    /// Where its classes are found.
    ClassLoader classes() {
        return bodies.getClass().getClassLoader();
    }

    /// Between values of this code and of the live one; nothing if they are the same.
    Optional<Translation> translation(AppCode live) {
        return kind == Kind.PINNED
                ? Optional.of(new Translation(classes(), live.getClass().getClassLoader()))
                : Optional.empty();
    }
}
