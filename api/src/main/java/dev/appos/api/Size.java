package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many characters a text may have, or elements a list.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Size {

    /// The least number.
    int min() default 0;

    /// The greatest number; of a text also the length of the column.
    int max() default Integer.MAX_VALUE;
}
