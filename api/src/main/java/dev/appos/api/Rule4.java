package dev.appos.api;

/// A rule of 4 arguments as a value: `rules.x` without parentheses. Unlike a lambda it has a name and can be
/// journalled.
public record Rule4<A, B, C, D, R>(String ref) implements Rule<R> {

    /// Runs the rule through the door.
    @SuppressWarnings("unchecked") // the generated accessor states the rule's own type
    public R call(A a, B b, C c, D d) {
        return (R) Door.current().run(ref, a, b, c, d);
    }
}
