package dev.appos.api;

/// A rule of 0 arguments as a value: `rules.x` without parentheses. Unlike a lambda it has a name and can be
/// journalled.
public record Rule0<R>(String ref) implements Rule<R> {

    /// Runs the rule through the door.
    @SuppressWarnings("unchecked") // the generated accessor states the rule's own type
    public R call() {
        return (R) Door.current().run(ref);
    }
}
