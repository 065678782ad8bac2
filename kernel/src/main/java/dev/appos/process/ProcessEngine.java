package dev.appos.process;

import dev.appos.api.Flow;
import dev.appos.base.Ids;
import dev.appos.base.Names;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Arguments;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Typed;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.StartOptions;
import dev.appos.secure.Principal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Serves `…processes.…`: starts instances, in the transaction of whoever starts them, and runs code of steps.
///
/// A start answers the `UUID` of the instance. It runs as soon as that transaction is committed; if it is not, nothing
/// was started.
public final class ProcessEngine implements Engine {

    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");
    private static final int DISPLAY_NAME_LONGEST = 200;

    private static final String START = """
            with instance as (
                insert into appos.process_instance (id, process, code_hash, display_name, started_by, triggered_by,
                                                    execution_id, arguments, started_at, started_with, status)
                values (?, ?, ?, ?, ?, ?, ?, ?::json, ?::timestamptz, ?::json, ?) returning id)
            insert into appos.process_ready (id, wake_at, deadline, lane, priority, slot)
            select id, at, at + make_interval(secs => ?), ?, ?, ?
            from instance cross join lateral (select greatest(now(), ?::timestamptz) as at) as due""";

    private final Ids ids;
    private final Runnable started;

    /// @param runner which runs what is started
    public ProcessEngine(Ids ids, ProcessRunner runner) {
        this.ids = ids;
        this.started = runner::expect;
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (definition instanceof ProcessDefinition process) {
            if (input instanceof Input.Start start) {
                @Nullable Object[] arguments =
                        Arguments.of(process.ref().toString(), process.parameters(), start.arguments());
                check(start.options());
                return new Operation.Write(permit -> start(permit, process, arguments, start.options()));
            }
            if (input instanceof Input.Step step) {
                return new Operation.Write(_ -> step.body().run());
            }
        }
        throw Refusal.malformed(
                definition.ref() + " is a process; it can only be started.", "POST its inputs to its address.");
    }

    private static void check(StartOptions options) {
        options.key().filter(key -> key.isBlank() || key.length() > StartOptions.LONGEST_KEY).ifPresent(_ -> {
            throw Refusal.invalid("The start", "/$key", "length",
                    "must have 1 to " + StartOptions.LONGEST_KEY + " characters");
        });
    }

    private UUID start(
            Permit permit, ProcessDefinition process, @Nullable Object[] arguments, StartOptions options) {
        UUID id = ids.next();
        String trigger = options.trigger().orElseGet(() -> trigger(permit.principal(), process));
        boolean later = options.at().filter(at -> at.isAfter(permit.context().at())).isPresent();
        permit.sql().execute(
                START,
                id,
                process.ref().toString(),
                process.codeHash(),
                displayName(process, arguments),
                permit.principal().name(),
                trigger,
                permit.context().executionId(),
                JSON.json(Typed.write(Arrays.asList(arguments))),
                permit.context().at().atOffset(ZoneOffset.UTC),
                JSON.json(starting(permit).json()),
                later ? "waiting" : "running",
                ProcessControl.seconds(process.timeout()),
                Lane.of(trigger).ordinal(),
                process.pace().priority(),
                DSL.val(slot(process, arguments), SQLDataType.CLOB),
                Journal.time(options.at()));
        if (Flow.CURRENT.isBound() && Flow.CURRENT.get() instanceof StepFlow step) {
            Children.begin(permit.sql(), id, step.instance(), step.awaited());
        }
        started.run();
        return id;
    }

    /// What a start takes the slot of, if the process is limited.
    static @Nullable String slot(ProcessDefinition process, @Nullable Object[] arguments) {
        if (!process.pace().limited()) {
            return null;
        }
        List<String> names = process.parameters().stream().map(Parameter::name).toList();
        int place = names.indexOf(process.pace().key());
        boolean there = place >= 0 && place < arguments.length;
        return Slots.of(process, there ? Optional.of(String.valueOf(arguments[place])) : Optional.empty());
    }

    private static Starting starting(Permit permit) {
        Starting starting = Starting.of(permit.ctx());
        if (!Flow.CURRENT.isBound() || !(Flow.CURRENT.get() instanceof StepFlow step) || !step.awaited()) {
            return starting;
        }
        if (step.depth() > Children.DEEPEST) {
            throw Refusal.conflict(
                    "Processes wait for each other " + Children.DEEPEST + " deep, and this would be one more.",
                    "Start it without waiting: step(\"start\", () -> processes.x.start(…)).");
        }
        return starting.below(step.instance(), step.depth());
    }

    /// What led to the start: a process, a person, a program, an agent or the platform.
    private static String trigger(Principal principal, ProcessDefinition process) {
        if (Flow.CURRENT.isBound() && Flow.CURRENT.get() instanceof StepFlow step) {
            return "process:" + step.instance();
        }
        return switch (principal) {
            case Principal.User user when user.type() == Principal.Type.SERVICE_ACCOUNT -> "web_api:" + process.ref();
            case Principal.User user -> "manual:" + user.name();
            case Principal.Agent agent -> agent.name();
            case Principal.Platform platform -> platform.name();
        };
    }

    private static String displayName(ProcessDefinition process, @Nullable Object[] arguments) {
        if (process.displayName().isBlank()) {
            return Names.label(process.ref().name());
        }
        List<String> names = process.parameters().stream().map(Parameter::name).toList();
        String name = BRACES.matcher(process.displayName()).replaceAll(match -> {
            int place = names.indexOf(Names.snake(match.group(1)));
            return Matcher.quoteReplacement(place < 0 ? match.group() : String.valueOf(arguments[place]));
        });
        return name.length() <= DISPLAY_NAME_LONGEST ? name : name.substring(0, DISPLAY_NAME_LONGEST);
    }
}
