package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs a rule or starts a process when a record of this or another app was created, changed or deleted.
///
/// ```java
/// @OnEvent("crm.records.customer.created")
/// @ExpressionRule(use = "billing_users")
/// void openAccount(long customerId) { … }
/// ```
///
/// It takes the id, and if it wants a `Map<String, Object>` with `event`, `ref`, `id`, `before`, `after`, `by`, `at`
/// and `execution_id`. It runs after the change is kept, at least once, in the name of whoever made the change: they
/// need `use` on it, a group of this app, and `view` on the record.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {

    /// `app.records.name` and one of `created`, `updated`, `deleted`, `viewed`.
    String[] value();

    /// Those with a lower number run first.
    int priority() default 0;
}
