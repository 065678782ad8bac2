package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs before a record is created: a static method inside the record. It may set fields, and say no.
///
/// ```java
/// @BeforeCreate
/// static void tidy(Customer given, CustomerRecords.Change change) {
///     if (given.email() == null) throw reject("email", "is needed here");
///     change.email(given.email().strip());
/// }
/// ```
///
/// What it sets is checked like what the caller sent; fields that were left out it sees as their defaults, or as zero.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeCreate {

    /// Those with a lower number run first; equal ones in the order in which they are written.
    int priority() default 0;

    /// The method of the record, without inputs, that says of which records: `boolean large() { … }`; left out, of
    /// all.
    String condition() default "";
}
