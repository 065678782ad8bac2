package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.store.Session;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the calls inside one outermost call share, and who called.
///
/// @param session the connection or transaction of the outermost call
/// @param writing whether the outermost call may write; what it calls may not do more
/// @param depth   0 for the outermost call
/// @param caller  the call this one is made inside of; none for the outermost
/// @param track   of the call that runs
record Frame(
        Context context,
        Snapshot snapshot,
        Session session,
        boolean writing,
        int depth,
        Scratch scratch,
        @Nullable Permit caller,
        Track track) {

    /// More calls inside each other are a loop.
    static final int DEEPEST = 64;

    /// The frame of a call made by the holder of a permit.
    static Frame inside(Permit caller) {
        Frame outer = caller.frame();
        return new Frame(
                outer.context(), outer.snapshot(), outer.session(), outer.writing(), outer.depth() + 1,
                outer.scratch(), caller, outer.track());
    }

    /// The same for a call inside the one that runs.
    Frame of(Track inner) {
        return new Frame(context, snapshot, session, writing, depth, scratch, caller, inner);
    }

    /// Whether the code that called may go on after a refusal, so that what was refused must be undone alone.
    boolean callerCatches() {
        Definition definition = caller == null ? null : caller.definition();
        return definition instanceof RuleDefinition rule && rule.catches()
                || definition instanceof ProcessDefinition process && process.catches();
    }
}
