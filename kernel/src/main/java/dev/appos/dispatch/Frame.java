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
record Frame(
        Context context,
        Snapshot snapshot,
        Session session,
        boolean writing,
        int depth,
        Scratch scratch,
        @Nullable Permit caller) {

    /// More calls inside each other are a loop.
    static final int DEEPEST = 64;

    /// The frame of a call made by the holder of a permit.
    static Frame inside(Permit caller) {
        Frame outer = caller.frame();
        return new Frame(
                outer.context(), outer.snapshot(), outer.session(), outer.writing(), outer.depth() + 1,
                outer.scratch(), caller);
    }

    /// Whether the code that called may go on after a refusal, so that what was refused must be undone alone.
    boolean callerCatches() {
        Definition definition = caller == null ? null : caller.definition();
        return definition instanceof RuleDefinition rule && rule.catches()
                || definition instanceof ProcessDefinition process && process.catches();
    }

    /// The objects that called each other to get here, the outermost first.
    List<Ref> chain() {
        LinkedList<Ref> chain = new LinkedList<>();
        for (Permit each = caller; each != null; each = each.frame().caller()) {
            chain.addFirst(each.definition().ref());
        }
        return chain;
    }
}
