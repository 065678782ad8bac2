package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The greatest number allowed, where it is no whole one: `@DecimalMax("0.5")`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DecimalMax {

    /// The bound in digits.
    String value();

    /// Whether the bound itself is allowed.
    boolean inclusive() default true;
}
