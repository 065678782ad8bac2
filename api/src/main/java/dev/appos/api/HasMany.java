package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Records of another type belong to one of this type: the other side of their `@BelongsTo`.
///
/// `@HasMany(Invoice.class)` on `Customer` names the invoices of a customer `invoices`. It adds no column. What happens
/// to them when this record is deleted stands where the reference is: `@BelongsTo(onDelete = CASCADE)`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(HasMany.All.class)
public @interface HasMany {

    /// The other record. A type of another app is written with its prefix: `billing.Invoice.class`.
    Class<?> value();

    /// What they are called from here; left out, the plural of the other record.
    String name() default "";

    /// The field of the other record that leads here; needed where several do.
    String by() default "";

    /// Several of them on one record.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {

        /// Each of them.
        HasMany[] value();
    }
}
