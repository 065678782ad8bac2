package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The record belongs to one record of another type.
///
/// `@BelongsTo Employee supportRep` becomes the column `support_rep_id`, a foreign key with an index. A type of another
/// app is written with its prefix: `@BelongsTo crm.Customer customer`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface BelongsTo {

    /// What happens to this record when the one it belongs to is deleted.
    ReferentialAction onDelete() default ReferentialAction.RESTRICT;
}
