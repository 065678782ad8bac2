package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which rows of a record each person may see: a static method inside the record that answers a condition.
///
/// ```java
/// @RowFilter
/// static Cond own(CustomerRecords.Fields customer) {
///     return ctx.user().in("crm_managers") ? everything() : customer.supportRep().login().eq(ctx.user().name());
/// }
/// ```
///
/// It is asked at each call on behalf of whoever makes it, and becomes part of the call's SQL, on every path: a row
/// that does not fit does not exist for the caller. It sees the fields, through references too, and of `ctx` the user,
/// agent, app, request and time; it calls nothing. Several filters must all hold. System administrators and the
/// platform itself are not asked about.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RowFilter {}
