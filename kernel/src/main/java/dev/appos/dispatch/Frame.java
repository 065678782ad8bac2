package dev.appos.dispatch;

import dev.appos.registry.Snapshot;
import dev.appos.store.Session;
import java.util.List;

/// What the calls inside one outermost call share.
///
/// @param session the connection or transaction of the outermost call
/// @param writing whether the outermost call may write; what it calls may not do more
/// @param depth   0 for the outermost call
/// @param after   what is to be done when the outermost call's transaction has ended
/// @param track   of the call that runs
record Frame(
        Context context, Snapshot snapshot, Session session, boolean writing, int depth, List<Runnable> after,
        Track track) {

    /// More calls inside each other are a loop.
    static final int DEEPEST = 64;

    Frame deeper() {
        return new Frame(context, snapshot, session, writing, depth + 1, after, track);
    }

    /// The same for a call inside the one that runs.
    Frame of(Track inner) {
        return new Frame(context, snapshot, session, writing, depth, after, inner);
    }
}
