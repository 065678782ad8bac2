package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs after somebody read a record, by itself: a static method inside the record. It costs each reading of such a
/// record a statement.
///
/// ```java
/// @OnView
/// static void count(Row<Report> report) { … }
/// ```
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnView {

    /// Those with a lower number run first; equal ones in the order in which they are written.
    int priority() default 0;

    /// The method of the record, without inputs, that says of which records: `boolean large() { … }`; left out, of
    /// all.
    String condition() default "";
}
