package dev.appos.dispatch;

import dev.appos.api.Rejected;
import dev.appos.base.Refusal;
import dev.appos.object.Definition;
import dev.appos.registry.Snapshot;
import dev.appos.store.SqlFault;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Follows each call from its beginning to its end, whichever it is: leaves its lines, counts it, and says in the words
/// of a caller what went wrong.
final class Trace {

    private final CallLines lines;

    Trace(Dispatcher.Outlets outlets) {
        this.lines = new CallLines(outlets.log(), outlets.clock());
    }

    /// A call that runs, which may throw anything.
    interface Body {
        @Nullable Object run(Track track) throws Throwable;
    }

    /// Runs a call.
    ///
    /// @param outer the call it is made from inside, if it is
    /// @throws Refusal what the caller may hear
    /// @throws Failure a fault, logged under the execution id
    @Nullable Object of(Context context, Snapshot snapshot, Call call, @Nullable Track outer, Body body) {
        Track track = new Track(call, outer);
        if (outer != null) {
            outer.uses(call);
            lines.accessed(context, outer, track);
        }
        Optional<Definition> definition = snapshot.find(call.ref());
        try {
            Object answer = body.run(track);
            definition.ifPresent(found -> lines.done(context, track, found, answer, track.nanos()));
            return answer;
        } catch (Refusal refusal) {
            throw refused(context, track, definition, refusal);
        } catch (Rejected rejected) {
            throw refused(context, track, definition, Refusal.invalid(
                    call.ref().toString(), "/" + rejected.field(), "rejected", String.valueOf(rejected.getMessage())));
        } catch (Failure failure) {
            throw failure;
        } catch (Throwable fault) {
            if (outer != null && beginsAnew(fault)) {
                // Not an answer yet: the outermost call begins anew.
                throw (DataAccessException) fault;
            }
            Refusal refusal = fault instanceof DataAccessException failed ? refusal(failed) : null;
            if (refusal != null) {
                throw refused(context, track, definition, refusal);
            }
            lines.failed(context, track, definition, fault);
            throw new Failure(context.executionId(), fault);
        }
    }

    /// Notes that a call was denied.
    ///
    /// @param frame of the outermost call when this one is made inside it
    void denied(Context context, Call call, Definition definition, String rule, @Nullable Frame frame) {
        lines.denied(context, call, definition, rule, frame == null ? null : frame.track());
    }

    private Refusal refused(Context context, Track track, Optional<Definition> definition, Refusal refusal) {
        lines.refused(context, track, definition, refusal);
        return refusal;
    }

    private static boolean beginsAnew(Throwable fault) {
        return fault instanceof DataAccessException failed
                && SqlFault.of(failed).kind() == SqlFault.Kind.SERIALIZATION;
    }

    /// What no engine had a better word for.
    private static @Nullable Refusal refusal(DataAccessException failed) {
        SqlFault fault = SqlFault.of(failed);
        return switch (fault.kind()) {
            case SERIALIZATION -> Refusal.conflict(
                    "Another call changed the same data at the same time.", "Send the call again.");
            case DISK_FULL -> Refusal.unavailable(
                    "The database has no room left to write.", "Free disk space, then send the call again.");
            case UNAVAILABLE -> Refusal.unavailable("The database cannot be reached.", "Send the call again shortly.");
            case BAD_VALUE, OUT_OF_RANGE, TOO_LONG -> Refusal.invalid("The input", "", "value", fault.message());
            case UNIQUE, FOREIGN_KEY, CHECK, NOT_NULL, OTHER -> null;
        };
    }
}
