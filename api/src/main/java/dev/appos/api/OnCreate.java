package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs when a record was created: a static method inside the record.
///
/// ```java
/// @OnCreate(async = true)
/// static void welcome(Row<Customer> customer) { rules.welcome(customer.id()); }
/// ```
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnCreate {

    /// Those with a lower number run first; equal ones in the order in which they are written.
    int priority() default 0;

    /// The method of the record, without inputs, that says of which records: `boolean large() { … }`; left out, of
    /// all.
    String condition() default "";

    /// Whether it runs after the change is kept, by itself: at least once, also when a server dies in between, and
    /// tried again when it fails. Otherwise it runs within the change, which is undone when it fails.
    boolean async() default false;
}
