package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A screen, declared as a method that returns a tree of data.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Interface {

    /// The record type the interface shows, by its accessor name: `customer`.
    String record() default "";

    /// What kind of interface it is.
    InterfaceType type() default InterfaceType.LIST;

    /// The groups that may see it; empty means what `security.defaults.ui` of the app says.
    String[] view() default {};
}
