package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs before a record is deleted: a static method inside the record. It may say no.
///
/// ```java
/// @BeforeDelete
/// static void keep(Row<Customer> customer) { if (customer.value().active()) throw reject("is still active"); }
/// ```
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeDelete {

    /// Those with a lower number run first; equal ones in the order in which they are written.
    int priority() default 0;

    /// The method of the record, without inputs, that says of which records: `boolean large() { … }`; left out, of
    /// all.
    String condition() default "";
}
