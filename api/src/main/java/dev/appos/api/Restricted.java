package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Narrows who may see or write one field of a record: `@Restricted(view = "crm_managers", update = "crm_admins")`.
///
/// For whoever may not view it the field does not exist, on every path; reading it in app code is refused. Whoever may
/// not write it is refused by name. Both come on top of what the record allows.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Restricted {

    /// The groups that may see the field; left out, all who may see the record.
    String[] view() default {};

    /// The groups that may write the field, in new records too; they also see it. Left out, all who may see it.
    String[] update() default {};
}
