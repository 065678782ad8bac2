package dev.appos.api;

/// A rule of 3 arguments as a value: `rules.x` without parentheses. Unlike a lambda it has a name and can be
/// journalled.
public record Rule3<A, B, C, R>(String ref) implements Rule<R> {

    /// Runs the rule through the door.
    @SuppressWarnings("unchecked") // the generated accessor states the rule's own type
    public R call(A a, B b, C c) {
        return (R) Door.current().run(ref, a, b, c);
    }
}
