package dev.appos.dispatch;

import dev.appos.api.AppOsException;
import dev.appos.api.Rejected;
import dev.appos.base.Refusal;
import dev.appos.object.Definition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal;
import dev.appos.store.SqlFault;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Follows each call from its beginning to its end, whichever it is: leaves its lines, counts it, tells a collector of
/// it, and says in the words of a caller what went wrong.
final class Trace {

    private final CallLines lines;
    private final Meters meters;
    private final Spans spans;
    private final IntSupplier repeatable;

    Trace(Outlets outlets) {
        this.lines = new CallLines(outlets.log(), outlets.clock());
        this.meters = outlets.meters();
        this.spans = outlets.spans();
        this.repeatable = outlets.repeatable();
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
        Track track = begin(context, call, outer);
        Optional<Definition> definition = snapshot.find(call.ref());
        String outcome = "failed";
        try {
            Object answer = body.run(track);
            outcome = "done";
            definition.ifPresent(found -> lines.done(context, track, found, answer, track.nanos()));
            return answer;
        } catch (Refusal refusal) {
            outcome = refused(context, track, definition, refusal);
            throw refusal;
        } catch (Rejected rejected) {
            Refusal refusal = Refusal.invalid(
                    call.ref().toString(), "/" + rejected.field(), "rejected", String.valueOf(rejected.getMessage()));
            outcome = refused(context, track, definition, refusal);
            throw refusal;
        } catch (AppOsException error) {
            Refusal refusal = AppErrors.refusal(error).orElseThrow(() -> failed(context, track, definition, error));
            outcome = refused(context, track, definition, refusal);
            throw refusal;
        } catch (Failure failure) {
            throw failure;
        } catch (Throwable fault) {
            if (outer != null && beginsAnew(fault)) {
                // Not an answer yet: the outermost call begins anew.
                throw (DataAccessException) fault;
            }
            Refusal refusal = fault instanceof DataAccessException failed ? SqlRefusals.of(failed) : null;
            if (refusal != null) {
                outcome = refused(context, track, definition, refusal);
                throw refusal;
            }
            throw failed(context, track, definition, fault);
        } finally {
            end(track, definition.isPresent(), outcome);
        }
    }

    /// Notes that a call was denied.
    ///
    /// @param frame of the outermost call when this one is made inside it
    void denied(Context context, Call call, Definition definition, String rule, @Nullable Frame frame) {
        lines.denied(context, call, definition, rule, frame == null ? null : frame.track());
    }

    int repeatable() {
        return repeatable.getAsInt();
    }

    /// Tells of the lines of app code that made one call again and again.
    void repeated(Context context, Track track, List<Repeats.Repeated> repeats) {
        repeats.forEach(each -> lines.repeated(context, track, each));
    }

    private Track begin(Context context, Call call, @Nullable Track outer) {
        Spans.Open span = spans.on() ? span(context, call, outer) : null;
        Track track = new Track(call, outer, span);
        if (outer != null) {
            outer.uses(call);
            lines.accessed(context, outer, track);
        }
        return track;
    }

    private Spans.@Nullable Open span(Context context, Call call, @Nullable Track outer) {
        String kind = switch (context.principal()) {
            case Principal.User user -> user.type().word();
            case Principal.Agent _ -> "agent";
            case Principal.Platform _ -> "platform";
        };
        return spans.begin(outer == null ? null : outer.span(), new Spans.About(
                context.executionId(), call.ref().toString(), call.input().action().word(), kind,
                context.traceParent()));
    }

    /// @param known an object that is there: names that people make up are not counted one by one
    private void end(Track track, boolean known, String outcome) {
        Call call = track.call();
        meters.called(
                known ? call.ref() : Meters.OTHERS, call.input().action(), track.nanos(), outcome.equals("done"));
        Spans.Open span = track.span();
        if (span != null) {
            span.end(outcome);
        }
    }

    /// Keeps why a filter could not say what the caller may see: the owner of the app has to hear of it.
    void filterFailed(Context context, RecordDefinition record, Throwable fault) {
        lines.filterFailed(context, record, fault);
    }

    private Failure failed(Context context, Track track, Optional<Definition> definition, Throwable fault) {
        lines.failed(context, track, definition, fault);
        return new Failure(context.executionId(), fault);
    }

    private String refused(Context context, Track track, Optional<Definition> definition, Refusal refusal) {
        lines.refused(context, track, definition, refusal);
        return refusal.reason().name().toLowerCase(Locale.ROOT);
    }

    private static boolean beginsAnew(Throwable fault) {
        return fault instanceof DataAccessException failed
                && SqlFault.of(failed).kind() == SqlFault.Kind.SERIALIZATION;
    }
}
