package dev.appos.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The words of app code, imported by the platform's prelude: `step`, `parallel`, `approval`, `sleep`, `ctx`, `reject`.
public final class Words {

    /// What is known of the call that is running.
    public static final Ctx ctx = new CurrentCtx();

    private Words() {}

    /// The condition that every record fits.
    public static Cond everything() {
        return new Cond.And(List.of());
    }

    /// The condition that no record fits.
    public static Cond nothing() {
        return new Cond.Or(List.of());
    }

    /// How many records are in a group, in a query: `select(Sales::new, i -> i.country(), i -> count())`.
    public static Figure<Long> count() {
        return new Figure<>(Term.Kind.COUNT, "");
    }

    /// Ends the call with a message for whoever made it; nothing it did remains.
    public static Rejected reject(String message) {
        return new Rejected("", message);
    }

    /// Which environment this is: `dev`, `staging` or `prod`.
    public static String environment() {
        return (String) Door.current().run("platform.rules.get_environment");
    }

    /// What the `app.yaml` of the app says under a key: `appConfig("theme.primary_color")`. A text, a number, a truth
    /// value or a list; an empty text where nothing is said.
    public static Object appConfig(String key) {
        return Door.current().config(key);
    }

    /// Ends the call with a message about one field.
    public static Rejected reject(String field, String message) {
        return new Rejected(field, message);
    }

    /// The value of a constant, unless [ByEnvironment#in] says another for the environment.
    public static <T> ByEnvironment<T> usually(T value) {
        return new ByEnvironment<>(Map.of(ByEnvironment.USUAL, value));
    }

    /// A step with more to say than its name: `step("charge").retry(3, fixed("5s")).run(rules.charge, id)`.
    public static StepOptions step(String name) {
        return StepOptions.of(name);
    }

    /// Runs a rule as a step: once, whatever happens.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <R> R step(String name, Rule0<R> rule) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref());
    }

    /// Runs a rule as a step: once, whatever happens.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <A, R> R step(String name, Rule1<A, R> rule, A a) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref(), a);
    }

    /// Runs a rule as a step: once, whatever happens.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <A, B, R> R step(String name, Rule2<A, B, R> rule, A a, B b) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref(), a, b);
    }

    /// Runs a rule as a step: once, whatever happens.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <A, B, C, R> R step(String name, Rule3<A, B, C, R> rule, A a, B b, C c) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref(), a, b, c);
    }

    /// Runs a rule as a step: once, whatever happens.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <A, B, C, D, R> R step(String name, Rule4<A, B, C, D, R> rule, A a, B b, C c, D d) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref(), a, b, c, d);
    }

    /// Lets an author write `5` where the rule takes a `long`: boxing would ask for `5L`.
    @SuppressWarnings("unchecked") // the rule states its own type
    public static <R> R step(String name, Rule1<Long, R> rule, long a) {
        return (R) Flow.current().step(StepOptions.of(name), rule.ref(), a);
    }

    /// Runs code as a step, in one transaction, and keeps its answer: a number, text, date, list, map or app record.
    @SuppressWarnings("unchecked") // a replay answers what this very body answered
    public static <R> R step(String name, Supplier<R> body) {
        return (R) Flow.current().step(StepOptions.of(name), body);
    }

    /// Runs code as a step, in one transaction.
    public static void step(String name, Runnable body) {
        Flow.current().step(StepOptions.of(name), () -> {
            body.run();
            return null;
        });
    }

    /// Runs a rule as a step only if the process fails or is cancelled from here on; the last one noted runs first.
    public static void compensate(String name, Rule0<?> rule) {
        StepOptions.of(name).compensate(rule);
    }

    /// Runs a rule as a step only if the process fails or is cancelled from here on; the last one noted runs first.
    public static <A> void compensate(String name, Rule1<A, ?> rule, A a) {
        StepOptions.of(name).compensate(rule, a);
    }

    /// Runs a rule as a step only if the process fails or is cancelled from here on; the last one noted runs first.
    public static <A, B> void compensate(String name, Rule2<A, B, ?> rule, A a, B b) {
        StepOptions.of(name).compensate(rule, a, b);
    }

    /// Runs a rule as a step only if the process fails or is cancelled from here on; the last one noted runs first.
    public static <A, B, C> void compensate(String name, Rule3<A, B, C, ?> rule, A a, B b, C c) {
        StepOptions.of(name).compensate(rule, a, b, c);
    }

    /// Runs a rule as a step only if the process fails or is cancelled from here on; the last one noted runs first.
    public static <A, B, C, D> void compensate(String name, Rule4<A, B, C, D, ?> rule, A a, B b, C c, D d) {
        StepOptions.of(name).compensate(rule, a, b, c, d);
    }

    /// Runs a rule of a `long` as a step only if the process fails or is cancelled from here on.
    public static void compensate(String name, Rule1<Long, ?> rule, long a) {
        StepOptions.of(name).compensate(rule, a);
    }

    /// Runs code as a step only if the process fails or is cancelled from here on.
    public static void compensate(String name, Runnable body) {
        StepOptions.of(name).compensate(body);
    }

    /// Runs branches side by side; answers what each awaited branch answered, by its name.
    public static Map<String, Object> parallel(String name, Branch... branches) {
        return Flow.current().parallel(name, List.of(branches));
    }

    /// A branch of any code: several steps, or one.
    public static Branch branch(String name, Supplier<?> body) {
        return Branch.of(name, body);
    }

    /// A branch of one step that runs a rule.
    public static <R> Branch branch(String name, Rule0<R> rule) {
        return Branch.of(name, () -> step(name, rule));
    }

    /// A branch of one step that runs a rule.
    public static <A, R> Branch branch(String name, Rule1<A, R> rule, A a) {
        return Branch.of(name, () -> step(name, rule, a));
    }

    /// A branch of one step that runs a rule.
    public static <A, B, R> Branch branch(String name, Rule2<A, B, R> rule, A a, B b) {
        return Branch.of(name, () -> step(name, rule, a, b));
    }

    /// A branch of one step that runs a rule.
    public static <A, B, C, R> Branch branch(String name, Rule3<A, B, C, R> rule, A a, B b, C c) {
        return Branch.of(name, () -> step(name, rule, a, b, c));
    }

    /// A branch of one step that runs a rule.
    public static <A, B, C, D, R> Branch branch(String name, Rule4<A, B, C, D, R> rule, A a, B b, C c, D d) {
        return Branch.of(name, () -> step(name, rule, a, b, c, d));
    }

    /// A branch of one step that runs a rule of a `long`.
    public static <R> Branch branch(String name, Rule1<Long, R> rule, long a) {
        return Branch.of(name, () -> step(name, rule, a));
    }

    /// Waits until a person of the group decides.
    public static Approval approval(String name, String group, String title) {
        return Flow.current().approval(name, group, title);
    }

    /// A piece of work for a person, put and waited for once it is said what is asked:
    /// `task("check", "Check the credit").group("managers").due("3 days").choices("yes", "no")`.
    public static Task task(String name, String title) {
        return Task.of(name, title);
    }

    /// Waits until somebody sends the process this signal: `Payment paid = signal("paid", Payment.class)`. Each is
    /// taken once, in the order they came; those that came before it was asked for count.
    ///
    /// @param name a text written here, so that what is sent is checked when it is sent
    /// @param type a record of the app, or a text, number, truth value, date, time or enum
    public static <T> T signal(String name, Class<T> type) {
        return type.cast(Flow.current().signal(name, type, Optional.empty()).orElseThrow());
    }

    /// The same for some time: `signal("paid", Payment.class, "2 days")` is empty if none came by then.
    public static <T> Optional<T> signal(String name, Class<T> type, String patience) {
        return Flow.current().signal(name, type, Optional.of(Durations.parse(patience))).map(type::cast);
    }

    /// Whether this instance takes the new side of a change: one that had passed this place with earlier code does not,
    /// and each remembers what it took.
    ///
    /// ```java
    /// if (patched("ask twice")) {
    ///     approval("second", "crm_managers", "Sure?");
    /// }
    /// ```
    public static boolean patched(String id) {
        return Flow.current().patched(id);
    }

    /// Waits so long: `sleep("3 days")`. Holds no thread while it does.
    public static void sleep(String length) {
        Flow.current().sleep(Durations.parse(length));
    }

    /// Waits that double, starting with `first`.
    public static Backoff exponential(String first) {
        return new Backoff(Durations.parse(first), 2);
    }

    /// Equal waits.
    public static Backoff fixed(String wait) {
        return new Backoff(Durations.parse(wait), 1);
    }
}
