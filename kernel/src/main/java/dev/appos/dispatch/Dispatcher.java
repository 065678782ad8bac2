package dev.appos.dispatch;

import dev.appos.api.Door;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Frame.Manner;
import dev.appos.govern.Approvals;
import dev.appos.govern.Ledger.Reservation;
import dev.appos.govern.Verdict;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import dev.appos.store.Session;
import dev.appos.store.SqlFault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The one door. Lets a call in or refuses it, runs it once, and leaves a trace.
///
/// The order of the questions is the order of the methods below: does the object exist, may this principal use it, is
/// the input valid, do the policies of this agent allow it, does the budget pay for it, has this very call been
/// answered already. Thread-safe; holds no state of its own.
public final class Dispatcher {

    /// How often work is begun anew when others changed meanwhile what it had read.
    private static final int MOST_ATTEMPTS = 30;

    /// The longest pause before the second attempt; later ones may be longer.
    private static final long PAUSE_NANOS = 3_000_000;

    private final Registry registry;
    private final Database database;
    private final Judges judges;
    private final Engines engines;
    private final Answers answers = new Answers();
    private final Audit audit;
    private final Trace trace;
    private final Clock clock;

    public Dispatcher(Registry registry, Database database, Judges judges, Engines engines, Outlets outlets) {
        this.registry = registry;
        this.database = database;
        this.judges = judges;
        this.engines = engines;
        this.audit = new Audit(outlets.ids(), outlets.seal());
        this.clock = outlets.clock();
        this.trace = new Trace(outlets);
    }

    /// A call let in, with the verdict that still has to be honoured.
    private record Admission(
            Definition definition, Operation operation, Decision decision, Optional<Verdict> verdict) {

        /// Whether it changes who may do what: nothing of that goes without a row.
        boolean administers() {
            return definition instanceof PlatformDefinition platform
                    && !platform.composite()
                    && operation instanceof Operation.Write;
        }

        boolean asks() {
            return verdict.map(v -> v.kind() == Verdict.Kind.ASK).orElse(false);
        }
    }

    /// Carries out an outermost call, or says why not.
    ///
    /// @throws Refusal what the caller may hear
    /// @throws Failure a fault of app code or of the platform, logged under its execution id
    public @Nullable Object dispatch(Context context, Call call) {
        Snapshot snapshot = registry.current();
        return trace.of(context, snapshot, call, null, track -> {
            Admission admission = admit(context, snapshot, call, null);
            if (!(context.principal() instanceof Principal.Agent agent)) {
                return run(context, snapshot, track, admission);
            }
            List<Reservation> reserved = new ArrayList<>();
            if (!context.inside()) {
                registry.observed().saw(agent.name(), call.ref(), call.input().action().access());
            }
            try {
                for (int i = 0; i < Manners.calls(admission.definition(), call); i++) {
                    reserved.add(reserve(agent, context, call));
                }
                Object answer = run(context, snapshot, track, admission);
                int characters = Json.write(Plain.of(answer)).length() / reserved.size();
                while (!reserved.isEmpty()) {
                    judges.ledger().settle(reserved.getLast(), characters);
                    reserved.removeLast();
                }
                return answer;
            } finally {
                reserved.forEach(judges.ledger()::release);
            }
        });
    }

    /// Carries out a call made from inside another: decided like any other, in the transaction of the outermost.
    @Nullable Object nested(Permit outer, Call call) {
        return inside(Frame.inside(outer, Manner.USUAL), outer, call);
    }

    /// Carries out one of the calls that a caller put together.
    @Nullable Object entrance(Permit outer, Call call, boolean undone) {
        return inside(Frame.inside(outer, undone ? Manner.ENTRANCE_UNDONE : Manner.ENTRANCE), outer, call);
    }

    private @Nullable Object inside(Frame frame, Permit outer, Call call) {
        Context context = frame.context();
        if (frame.depth() > Frame.DEEPEST) {
            throw Refusal.conflict(
                    call + " is called " + Frame.DEEPEST + " calls deep.", "Look for a rule that calls itself.");
        }
        try {
            return trace.of(context, frame.snapshot(), call, frame.track(), track -> {
                Admission admission = admit(context, frame.snapshot(), call, frame);
                boolean write = admission.operation().writes();
                if (write && !frame.writing()) {
                    throw Refusal.forbidden(call.toString(), "it would write inside a call that only reads");
                }
                registry.observed().saw(
                        outer.definition().ref(), call.ref(), call.input().action().access());
                Frame inner = frame.of(track);
                return write && frame.callerCatches() ? alone(inner, call, admission) : perform(inner, call, admission);
            });
        } catch (DataAccessException overtaken) {
            frame.scratch().overtaken(overtaken);
            throw overtaken;
        }
    }

    /// Undoes what a call did that fails, and nothing else: app code that catches the error goes on with the rest.
    private @Nullable Object alone(Frame frame, Call call, Admission admission) throws Throwable {
        frame.session().mark(frame.depth());
        boolean done = false;
        try {
            Object answer = perform(frame, call, admission);
            done = true;
            return answer;
        } finally {
            if (!done) {
                frame.session().backTo(frame.depth());
            }
        }
    }

    /// How often one line may make the same call before it is told.
    int repeatable() {
        return trace.repeatable();
    }

    Instant now() {
        return clock.instant();
    }

    /// Whether the principal holds a permission on an object of this snapshot.
    public boolean allows(Principal principal, Snapshot snapshot, Ref ref, Permission permission) {
        return snapshot.find(ref)
                .map(definition -> judges.guard().decide(principal, snapshot, definition, permission))
                .map(Decision.Allow.class::isInstance)
                .orElse(false);
    }

    /// The apps as this caller sees them.
    public Visibility visibility(Context context, Snapshot snapshot) {
        return visibility(context, snapshot, new Scratch());
    }

    /// @param scratch hears when a row filter looks at what belongs to this one call
    Visibility visibility(Context context, Snapshot snapshot, Scratch scratch) {
        return new Visibility(this, context, snapshot, judges.guard().standing(context.principal()), scratch);
    }

    /// Keeps why a filter could not say what the caller may see.
    void filterFailed(Context context, RecordDefinition record, Throwable fault) {
        trace.filterFailed(context, record, fault);
    }

    /// The refusal for an object that is not there, or not the caller's to know.
    public static Refusal unknown(Ref ref) {
        return Refusal.notFound("object called " + ref);
    }

    /// @param frame of the outermost call when this one is made inside it
    private Admission admit(Context context, Snapshot snapshot, Call call, @Nullable Frame frame) {
        Definition definition = snapshot.find(call.ref()).orElseThrow(() -> unknown(call.ref()));
        Permission wanted = wanted(definition, call);
        Decision decision = judges.guard().decide(context.principal(), snapshot, definition, wanted);
        if (decision instanceof Decision.Deny deny) {
            trace.denied(context, call, definition, deny.rule(), frame);
            keep(context, call, Audit.Entry.of(deny), frame);
            throw deny.hidden() ? unknown(call.ref()) : Refusal.forbidden(call.toString(), deny.rule());
        }
        Scratch scratch = frame == null ? new Scratch() : frame.scratch();
        Operation operation = engines.of(definition, call.input())
                .prepare(visibility(context, snapshot, scratch), definition, call.input());
        if (!(context.principal() instanceof Principal.Agent agent)) {
            return new Admission(definition, operation, decision, Optional.empty());
        }
        boolean nested = frame != null && !frame.entrance() || context.inside();
        Verdict verdict = judges.governor().judge(agent, call.ref(), call.input(), nested);
        if (verdict.kind() == Verdict.Kind.DENY) {
            trace.denied(context, call, definition, verdict.rule(), frame);
            keep(context, call, Audit.Entry.of(verdict, Optional.empty()), frame);
            throw Refusal.forbidden(
                    call.toString(), verdict.reason(), "Do something else, or ask the owner of policy "
                            + verdict.policy() + " for an exception.");
        }
        return new Admission(definition, operation, decision, Optional.of(verdict));
    }

    private static Permission wanted(Definition definition, Call call) {
        return definition instanceof PlatformDefinition platform
                ? platform.needs()
                : call.input().action().permission();
    }

    private Reservation reserve(Principal.Agent agent, Context context, Call call) {
        try {
            return judges.ledger().reserve(agent, Json.write(call.input().values()).length());
        } catch (Refusal refusal) {
            keep(context, call, Audit.Entry.overBudget(refusal.getMessage()), null);
            throw refusal;
        }
    }

    /// App code that writes sees one state of the data: what it decides by is still so when it writes. Where another
    /// was quicker, the work begins anew on what is there by then; nothing of the first attempt remains.
    private @Nullable Object run(
            Context context, Snapshot snapshot, Track track, Admission admission) throws Throwable {
        boolean writing = admission.operation().writes();
        if (!writing || !Manners.decidesByReading(admission.definition())) {
            boolean transactional = transactional(context, track.call(), admission);
            return once(context, snapshot, track, admission, database.open(transactional));
        }
        for (int attempt = 1; true; attempt++) {
            try {
                return once(context, snapshot, track, admission, database.openRepeatable());
            } catch (DataAccessException failed) {
                if (attempt == MOST_ATTEMPTS || SqlFault.of(failed).kind() != SqlFault.Kind.SERIALIZATION) {
                    throw failed;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * PAUSE_NANOS));
            }
        }
    }

    /// Whether more than one statement must be kept together: the work's own, or its answer or its verdict with it.
    private static boolean transactional(Context context, Call call, Admission admission) {
        return switch (admission.operation()) {
            case Operation.Read _ -> false;
            case Operation.Write _ -> true;
            case Operation.Statement _ ->
                call.key().isPresent() || admission.verdict().isPresent() || context.trial();
        };
    }

    private @Nullable Object once(
            Context context, Snapshot snapshot, Track track, Admission admission, Session opened) throws Throwable {
        boolean writing = admission.operation().writes();
        Scratch scratch = new Scratch();
        try (Session session = opened) {
            Frame frame = new Frame(context, snapshot, session, writing, 0, scratch, null, track, Manner.USUAL);
            Object answer = perform(frame, track.call(), admission);
            scratch.check();
            if (!context.trial()) {
                session.commit();
            }
            trace.repeated(context, track, scratch.repeated(repeatable()));
            return answer;
        } catch (Throwable failed) {
            scratch.check();
            throw failed;
        } finally {
            // The connection is given back by now, so what reads again cannot wait for its own caller.
            scratch.after().forEach(Runnable::run);
        }
    }

    private @Nullable Object perform(Frame frame, Call call, Admission admission) throws Throwable {
        Context context = frame.context();
        Optional<Answers.Key> key = admission.operation().writes()
                ? Answers.Key.of(context.principal().name(), call)
                : Optional.empty();
        if (key.isPresent()) {
            Optional<Answers.Given> given = answers.claim(frame.session().sql(), key.get(), call);
            if (given.isPresent()) {
                return Typed.read(given.get().json(), Typed.apps(frame.snapshot()));
            }
        }
        honour(frame, call, admission);
        Permit permit = new Permit(this, frame, admission.definition());
        Operation.Work work = admission.operation().work();
        int before = frame.session().statements();
        Object answer = ScopedValue.where(Door.CURRENT, new AppDoor(permit)).call(() -> work.run(permit));
        frame.track().ran(frame.session().statements() - before);
        if (key.isPresent()) {
            answers.give(frame.session().sql(), key.get(), Answers.kept(admission.definition(), answer));
        }
        return answer;
    }

    /// Uses up the approval a policy asks for, in the transaction of the work, and keeps what decided.
    private void honour(Frame frame, Call call, Admission admission) {
        Context context = frame.context();
        if (admission.verdict().isEmpty()) {
            if (admission.administers()) {
                audit.add(frame.session().sql(), context, call, Audit.Entry.of(admission.decision()));
            }
            return;
        }
        Verdict verdict = admission.verdict().get();
        Audit.Entry entry = Audit.Entry.of(verdict, Optional.empty());
        if (admission.asks()) {
            Optional<UUID> approval = judges.approvals()
                    .claim(frame.session().sql(), context.principal().name(), call.digest(), verdict);
            entry = entry.approved(approval.orElseThrow(() -> hold(context, call, admission.definition(), verdict)));
        }
        if (frame.entrance() || admission.asks() || admission.administers()) {
            audit.add(frame.session().sql(), context, call, entry);
        }
    }

    private Refusal hold(Context context, Call call, Definition definition, Verdict verdict) {
        Approvals.Question question = new Approvals.Question(
                Approvals.Kind.AGENT,
                context.principal().name() + " wants to " + call.input().action().word() + " " + call.ref(),
                context.principal().name(),
                call.ref().toString(),
                call.digest(),
                call.input().values(),
                Optional.of(verdict),
                Optional.empty(),
                Optional.of(wanted(definition, call)),
                Optional.empty());
        UUID id = database.write(sql -> {
            UUID asked = judges.approvals().ask(sql, question);
            audit.add(sql, context, call, Audit.Entry.of(verdict, Optional.of(asked)));
            return asked;
        });
        return Refusal.held(call + " needs a person's approval: " + verdict.reason() + ".", id.toString());
    }

    /// Keeps what decided although the call's own transaction will not happen.
    private void keep(Context context, Call call, Audit.Entry entry, @Nullable Frame frame) {
        Runnable row = () -> database.write(sql -> {
            audit.add(sql, context, call, entry);
            return entry;
        });
        if (frame == null) {
            row.run();
        } else {
            // Once the outermost call has given its connection back: two for one call could starve each other.
            frame.scratch().after().add(row);
        }
    }
}
