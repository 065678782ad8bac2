package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.object.Definition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
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
/// @param manner  how it came to be made
record Frame(
        Context context,
        Snapshot snapshot,
        Session session,
        boolean writing,
        int depth,
        Scratch scratch,
        @Nullable Permit caller,
        Track track,
        Manner manner) {

    /// How a call comes to be made.
    enum Manner {
        /// By an object that is being called, or from outside.
        USUAL,
        /// Put among others by who calls, and judged as if it came alone.
        ENTRANCE,
        /// The same, and undone alone when it fails.
        ENTRANCE_UNDONE
    }

    /// More calls inside each other are a loop.
    static final int DEEPEST = 64;

    /// The frame of a call made by the holder of a permit.
    static Frame inside(Permit caller, Manner manner) {
        Frame outer = caller.frame();
        return new Frame(
                outer.context(), outer.snapshot(), outer.session(), outer.writing(), outer.depth() + 1,
                outer.scratch(), caller, outer.track(), manner);
    }

    /// The same for a call inside the one that runs.
    Frame of(Track inner) {
        return new Frame(context, snapshot, session, writing, depth, scratch, caller, inner, manner);
    }

    /// Whether it is judged as if it came from outside by itself.
    boolean entrance() {
        return caller == null || manner != Manner.USUAL;
    }

    /// Whether who called may go on after a refusal, so that what was refused must be undone alone.
    boolean callerCatches() {
        if (manner == Manner.ENTRANCE_UNDONE) {
            return true;
        }
        Definition definition = caller == null ? null : caller.definition();
        return definition instanceof RuleDefinition rule && rule.catches()
                || definition instanceof ProcessDefinition process && process.catches()
                || definition instanceof RecordDefinition record && !record.events().isEmpty();
    }
}
