package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The form a text must have.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Pattern {

    /// A regular expression that must match the whole text, in the syntax Java and PostgreSQL share.
    String value();

    /// What to tell a person whose text does not match.
    String message() default "";
}
