package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many digits a decimal may have: `numeric(integer + fraction, fraction)` in the table.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Digits {

    /// The most digits before the decimal point.
    int integer() default 17;

    /// The most digits after the decimal point.
    int fraction();
}
