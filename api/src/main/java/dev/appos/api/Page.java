package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An entry of the app's navigation with an address of its own.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Page {

    /// The address below the app: `/customers` is shown at `/crm/customers`.
    String route();

    /// What the navigation calls it.
    String title();

    /// The name of an icon.
    String icon() default "layout-dashboard";

    /// The groups that may see it; empty means what `security.defaults.ui` of the app says.
    String[] view() default {};
}
