package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// At most one record of another type belongs to one of this type: the other side of a `@BelongsTo` that is `@Unique`.
///
/// `@HasOne(Profile.class)` on `Person` names it `profile`. It adds no column.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(HasOne.All.class)
public @interface HasOne {

    /// The other record. A type of another app is written with its prefix: `hr.Profile.class`.
    Class<?> value();

    /// What it is called from here; left out, as the other record.
    String name() default "";

    /// The field of the other record that leads here; needed where several do.
    String by() default "";

    /// Several of them on one record.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {

        /// Each of them.
        HasOne[] value();
    }
}
