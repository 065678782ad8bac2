package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A piece of work that survives: an ordinary method whose steps are journalled.
///
/// After a crash the method runs again from the top and every step that had finished gives its recorded answer instead
/// of running. So the body itself must be deterministic: no clock, no chance, no input or output outside steps.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Process {

    /// What the process does, in one sentence.
    String description() default "";

    /// The name of one instance, with inputs in braces: `Onboard customer {customerId}`.
    String displayName() default "";

    /// How long an instance may take in all, waits included: `"7d"`. After that it fails at its next step.
    String timeout() default "1h";

    /// How many instances run at a time, over all servers; 0 is no limit. One that waits does not count.
    int concurrency() default 0;

    /// How many instances are taken up in a span, over all servers: `100/minute`; of a second, minute, hour or day.
    String rate() default "";

    /// The input whose values are limited each by itself: `customerId`.
    String key() default "";

    /// What comes first where there is not room for all: -9 to 9, more is sooner.
    int priority() default 0;

    /// The groups that may see its instances and do no more: those who approve, for example.
    String[] view() default {};

    /// The groups that may start it and see its instances.
    String[] use() default {};

    /// The groups that may do everything with the process.
    String[] admin() default {};
}
