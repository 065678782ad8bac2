package dev.appos.dispatch;

import dev.appos.api.AppOsException;
import dev.appos.api.Ctx;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Proof that a call was let in, and the only way to the database for the length of that call.
///
/// Only the [Dispatcher] can make one. An operation takes a permit, so it cannot be reached without a decision, which
/// is what makes the door the only door.
public final class Permit {

    private final Dispatcher dispatcher;
    private final Frame frame;
    private final Definition definition;

    Permit(Dispatcher dispatcher, Frame frame, Definition definition) {
        this.dispatcher = dispatcher;
        this.frame = frame;
        this.definition = definition;
    }

    /// Who asks, and under which execution id.
    public Context context() {
        return frame.context();
    }

    /// Moves when app code looks at what belongs to this one call: an answer made from that is good for no other.
    public long personal() {
        return frame.scratch().personal();
    }

    /// What app code called under this permit sees of the call.
    public Ctx ctx() {
        return new CallCtx(this);
    }

    /// The account for which the call is made, as it stands now.
    public Ctx.User account() {
        return visible().standing().account();
    }

    public Principal principal() {
        return frame.context().principal();
    }

    /// The apps as they stood when the outermost call began.
    public Snapshot snapshot() {
        return frame.snapshot();
    }

    /// The object that is called.
    public Definition definition() {
        return definition;
    }

    /// The call's own transaction, or for a reading call a plain connection. Do not keep it.
    public DSLContext sql() {
        return frame.session().sql();
    }

    /// Whether the outermost call may change data: what is read in it may be its own, and nobody else's yet.
    public boolean writing() {
        return frame.writing();
    }

    /// The apps as the caller sees them by now.
    public Visibility visible() {
        return dispatcher.visibility(context(), snapshot(), frame.scratch());
    }

    /// The apps as another principal sees them: for what is told about permissions, never for a call.
    public Visibility visibleTo(Principal other) {
        Context context = new Context(other, context().executionId(), context().at());
        return dispatcher.visibility(context, snapshot());
    }

    /// Calls another object from inside this call: decided like any other, in the same transaction.
    public @Nullable Object call(Call call) {
        return dispatcher.nested(this, call);
    }

    /// Calls another object as if the caller had called it from outside: an agent needs the skill and pays for it, and
    /// the audit keeps it. For calls that the caller himself put together.
    ///
    /// @param undone whether a call that fails is undone alone, so that the others go on
    public @Nullable Object entrance(Call call, boolean undone) {
        return dispatcher.entrance(this, call, undone);
    }

    /// Does something that is undone alone when it fails, so that this call can go on.
    public <T> T alone(Supplier<T> work) {
        int level = frame.depth() + 1;
        frame.session().mark(level);
        boolean done = false;
        try {
            T answer = work.get();
            done = true;
            return answer;
        } finally {
            if (!done) {
                frame.session().backTo(level);
            }
        }
    }

    /// Whether the caller holds a permission on another object: for what is shown beside the answer.
    public boolean allows(Ref ref, Permission permission) {
        return dispatcher.allows(principal(), snapshot(), ref, permission);
    }

    /// Has `action` done once the outermost call's transaction has ended, before that call is answered.
    ///
    /// Meant for reading again what was changed: it also runs when the transaction was rolled back, because after a
    /// lost connection nobody knows which of the two it was.
    public void afterCommit(Runnable action) {
        frame.scratch().after().add(action);
    }

    /// Counts a call that app code makes.
    void repeats(Call call) {
        frame.scratch().repeats(call, dispatcher.repeatable(), snapshot().sources().keySet());
    }

    /// A refusal, as the app code that runs under this permit meets it.
    AppOsException error(Refusal refusal, Ref object) {
        return AppErrors.of(refusal, object, context(), dispatcher.now());
    }

    AppOsException noSession() {
        return AppErrors.noSession(context(), dispatcher.now());
    }

    Frame frame() {
        return frame;
    }
}
