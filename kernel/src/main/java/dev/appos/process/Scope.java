package dev.appos.process;

import dev.appos.api.Approval;
import dev.appos.api.Branch;
import dev.appos.api.Door;
import dev.appos.api.Completed;
import dev.appos.api.Flow;
import dev.appos.api.StepOptions;
import dev.appos.api.Task;
import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Typed;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The words of a process in its body or in one branch, which is what gives its steps their paths.
///
/// A path is made of names, and of a number where a name comes again in the same scope. So branches may end in any
/// order, and a step added to the code does not rename the others. Belongs to one thread.
final class Scope implements Flow {

    private final Run run;
    private final String prefix;
    private final Retries retries;
    private final int depth;
    private final boolean awaited;
    private final Compensations undo;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private boolean changed;
    private @Nullable Unwind left;

    /// The scope of the body.
    Scope(Run run) {
        this.run = run;
        this.prefix = "";
        this.retries = Retries.NONE;
        this.depth = 0;
        this.awaited = true;
        this.undo = run.compensations();
    }

    private Scope(Scope outer, String prefix, Branch branch) {
        this.run = outer.run;
        this.prefix = prefix;
        this.retries = Retries.of(prefix, branch, outer.retries);
        this.depth = outer.depth + 1;
        this.awaited = outer.awaited && branch.awaited();
        this.undo = outer.undo.inside();
        this.variables.putAll(outer.variables);
    }

    /// The scope of a branch of a parallel in this scope.
    Scope inside(String parallel, Branch branch) {
        String path = prefix + parallel + "/" + named(branch.name()) + "/";
        if (depth == Bounds.DEEPEST) {
            throw new BodyFault("Parallel \"" + parallel + "\" is the " + (depth + 1) + "th inside another.");
        }
        return new Scope(this, path, branch);
    }

    Run run() {
        return run;
    }

    /// The path of the branch with a slash, or nothing for the body.
    String prefix() {
        return prefix;
    }

    Retries retries() {
        return retries;
    }

    /// Sets a variable that nobody is shown; code of this scope reads it from now on.
    void hide(String name, String level, @Nullable Object value) {
        run.variables().hide(name, level, value);
        put(name, value);
    }

    private void put(String name, @Nullable Object value) {
        changed |= !variables.containsKey(name) || !Objects.equals(variables.get(name), value);
        variables.put(name, value);
    }

    /// Whether a variable got another value since the last step, at each replay alike.
    boolean changed() {
        return changed;
    }

    /// Sets a variable: people see it at once, code of this scope from now on.
    void set(String name, @Nullable Object value) {
        run.variables().set(name, value);
        put(name, value);
    }

    /// The variables as code of this scope has set them, with those of branches it waited for: the same at each replay,
    /// however the branches overtook each other.
    Map<String, @Nullable Object> variables() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /// Takes over what a branch has set, once it is done.
    void join(Scope branch, Map<String, @Nullable Object> before) {
        branch.variables.forEach((name, value) -> {
            if (!before.containsKey(name) || before.get(name) != value) {
                variables.put(name, value);
            }
        });
    }

    /// Why this scope was left, however its code took that.
    Optional<Unwind> left() {
        return Optional.ofNullable(left);
    }

    @Override
    public @Nullable Object step(StepOptions options, String ref, Object... arguments) {
        return leaving(() -> options.wanted() ? ruled(options, ref, arguments).answer() : skip(options));
    }

    @Override
    public @Nullable Object step(StepOptions options, Supplier<?> body) {
        return leaving(() -> options.wanted() ? coded(options, body).answer() : skip(options));
    }

    private @Nullable Object skip(StepOptions options) {
        Step.skip(this, next(options.name()));
        return null;
    }

    @Override
    public void compensate(StepOptions options, String ref, Object... arguments) {
        note(options, () -> ruled(options, ref, arguments));
    }

    @Override
    public void compensate(StepOptions options, Supplier<?> body) {
        note(options, () -> coded(options, body));
    }

    private void note(StepOptions options, Supplier<Step> step) {
        leaving(() -> {
            if (!awaited) {
                throw new BodyFault("compensate(\"" + options.name() + "\", …) in a branch that nobody waits for:"
                        + " what it does outlives the process. Compensate in the body.");
            }
            if (options.wanted()) {
                Step noted = step.get();
                run.history().expect(noted.path());
                undo.add(noted);
            }
            return options;
        });
    }

    private Step step(StepOptions options, Step.Asked asked) {
        return new Step(this, next(options.name()), options, asked);
    }

    private Step ruled(StepOptions options, String ref, Object... arguments) {
        return options.secret()
                ? hidden(options, digest(options.name(), ref, named(ref, arguments)),
                        () -> Door.current().run(ref, arguments))
                : step(options, asked(options, ref, arguments));
    }

    /// A step whose answer is sealed before anybody keeps it.
    private Step hidden(StepOptions options, String asked, Supplier<?> body) {
        String path = next(options.name());
        Input input = new Input.Step(key(path), run.sealing().around(path, () -> inside(body))::get);
        return new Step(this, path, options, new Step.Asked(
                run.sealing().digest("step", asked), Optional.empty(), Call.of(run.instance().process(), input)));
    }

    private Step.Asked asked(StepOptions options, String ref, Object... arguments) {
        Map<String, Object> named = named(ref, arguments);
        String inputs = Json.write(Plain.of(named));
        return new Step.Asked(
                digest(options.name(), ref, named), Optional.of(inputs),
                Call.of(Ref.of(ref), new Input.Run(today(named))));
    }

    private Step coded(StepOptions options, Supplier<?> body) {
        if (options.secret()) {
            return hidden(options, "code", body);
        }
        String path = next(options.name());
        // The instance is part of it, so that one approval of a policy is not good for the same step of another.
        Input input = new Input.Step(key(path), () -> inside(body));
        return new Step(this, path, options, new Step.Asked(
                Digest.sha256("code"), Optional.empty(), Call.of(run.instance().process(), input)));
    }

    @Override
    public Map<String, Object> parallel(String name, List<Branch> branches) {
        return leaving(() -> new Branches(this, last(next(name)), branches).answers());
    }

    @Override
    public Approval approval(String name, String group, String title) {
        return leaving(() -> new Question(this, next(name), group, title).answer());
    }

    @Override
    public Completed<?> task(Task task, List<String> choices, Class<?> type) {
        return leaving(() -> new HumanTask(this, next(task.name()), task, choices, type).answer());
    }

    @Override
    public @Nullable Object child(String ref, Object... arguments) {
        return leaving(() -> {
            Ref process = Ref.of(ref);
            Map<String, Object> named = named(ref, arguments);
            Optional<String> inputs = Optional.of(Json.write(Plain.of(named)));
            Call start = Call.of(process, new Input.Start(today(named)));
            String path = next(Child.name(process));
            return new Child(this, path, new Step.Asked(digest(ref, ref, named), inputs, start)).answer();
        });
    }

    @Override
    public Optional<Object> signal(String name, Class<?> type, Optional<Duration> patience) {
        return leaving(() -> new Signal(this, next(name), name, type, patience).answer());
    }

    @Override
    public boolean patched(String id) {
        return leaving(() -> Patch.of(this, named(id)).taken());
    }

    @Override
    public void sleep(Duration length) {
        leaving(() -> {
            new Sleep(this, next("sleep"), length).take();
            return length;
        });
    }

    /// Remembers that the scope was left, and leaves it again at once should its code go on.
    private <T> T leaving(Supplier<T> word) {
        if (left != null) {
            throw left;
        }
        changed = false;
        try {
            return word.get();
        } catch (Unwind why) {
            left = why;
            throw why;
        }
    }

    /// What makes a step one call, however often it is made.
    String key(String path) {
        return run.instance().id() + "/" + path;
    }

    private String next(String name) {
        int count = counts.merge(named(name), 1, Integer::sum);
        String path = prefix + (count == 1 ? name : name + "#" + count);
        if (path.length() > Bounds.PATH_LONGEST) {
            throw new BodyFault("The path of step \"" + path + "\" is longer than " + Bounds.PATH_LONGEST
                    + " characters; use shorter names.");
        }
        return path;
    }

    private String last(String path) {
        return path.substring(prefix.length());
    }

    private static String named(String name) {
        boolean fits = !name.isBlank() && name.length() <= Bounds.NAME_LONGEST
                && name.chars().noneMatch(c -> c == '/' || c == '#' || Character.isISOControl(c));
        if (!fits) {
            throw new BodyFault("\"" + name + "\" cannot be the name of a step or branch: 1 to " + Bounds.NAME_LONGEST
                    + " characters without / and #.");
        }
        return name;
    }

    private static String digest(String name, String ref, Map<String, Object> named) {
        try {
            return Digest.sha256(ref + Json.canonical(Json.read(Typed.write(named))));
        } catch (IllegalArgumentException unkept) {
            throw new BodyFault("Step \"" + name + "\" cannot take its arguments: " + unkept.getMessage());
        }
    }

    private Optional<Translation> translation() {
        return run.version().translation(run.snapshot().code(run.instance().process().app()));
    }

    /// What a kept version of the code hands to an object of today.
    @SuppressWarnings("unchecked") // a map stays a map
    private Map<String, Object> today(Map<String, Object> named) {
        return translation()
                .map(translation -> (Map<String, Object>) translation.toToday(named))
                .orElse(named);
    }

    /// Runs the code of a step, with a door that fits its version.
    private @Nullable Object inside(Supplier<?> body) {
        return translation()
                .<@Nullable Object>map(translation -> ScopedValue
                        .where(Door.CURRENT, new PinnedDoor(Door.current(), translation))
                        .call(body::get))
                .orElseGet(body::get);
    }

    private Map<String, Object> named(String ref, Object[] arguments) {
        List<Parameter> parameters = run.snapshot().find(ref).map(Scope::parameters).orElse(List.of());
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(parameters.size(), arguments.length); i++) {
            named.put(parameters.get(i).name(), arguments[i]);
        }
        return named;
    }

    private static List<Parameter> parameters(Definition definition) {
        return switch (definition) {
            case RuleDefinition rule -> rule.parameters();
            case PlatformDefinition platform -> platform.parameters();
            case ProcessDefinition process -> process.parameters();
            case RecordDefinition _, ConstantDefinition _, InterfaceDefinition _, PageDefinition _,
                    FolderDefinition _ -> List.of();
        };
    }
}
