package dev.appos.dispatch;

import dev.appos.registry.Snapshot;
import dev.appos.store.Session;

/// What the calls inside one outermost call share.
///
/// @param session the connection or transaction of the outermost call
/// @param writing whether the outermost call may write; what it calls may not do more
/// @param depth   0 for the outermost call
record Frame(Context context, Snapshot snapshot, Session session, boolean writing, int depth) {

    /// More calls inside each other are a loop.
    static final int DEEPEST = 64;

    Frame deeper() {
        return new Frame(context, snapshot, session, writing, depth + 1);
    }
}
