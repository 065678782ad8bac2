package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs a rule or starts a process when a record of this or another app was created, changed or deleted, or starts a
/// process when an app tells of something.
///
/// ```java
/// @OnEvent(value = "crm.records.customer.created", when = "worthIt")
/// @Process(use = "billing_users")
/// void openAccount(long customerId) { … }
/// ```
///
/// Of a record it takes the id, and if it wants a `Map<String, Object>` with `event`, `ref`, `id`, `before`, `after`,
/// `by`, `at` and `execution_id`. A process is started in the transaction of the change; a rule runs after the change
/// is kept, at least once. Both happen in the name of whoever made the change: they need `use` on it, a group of this
/// app, and `view` on the record. A start that is refused does not refuse the change; it is kept for administrators to
/// see.
///
/// Of `crm.events.order_paid`, which rules of `crm` tell with `ctx.log().event("order_paid", …)` and programs with
/// `POST /api/v1/events/crm.events.order_paid`, it takes what was told, by name.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {

    /// `app.records.name` and one of `created`, `updated`, `deleted`, `viewed`; or `app.events.name`.
    String[] value();

    /// Those with a lower number run first.
    int priority() default 0;

    /// A rule of the app with the same inputs that answers whether this one is meant.
    String when() default "";
}
