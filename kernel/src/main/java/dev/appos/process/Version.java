package dev.appos.process;

import dev.appos.api.AppCode;

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
        CHANGED
    }

    /// Where its classes are found.
    ClassLoader classes() {
        return bodies.getClass().getClassLoader();
    }
}
