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

    /// The groups that may see its instances and do no more: those who approve, for example.
    String[] view() default {};

    /// The groups that may start it and see its instances.
    String[] use() default {};

    /// The groups that may do everything with the process.
    String[] admin() default {};
}
