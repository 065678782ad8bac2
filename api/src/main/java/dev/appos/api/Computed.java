package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// PostgreSQL computes the field from the others of its record, whenever they change; nobody writes it.
///
/// ```java
/// record InvoiceLine(int quantity, BigDecimal unitPrice, @Computed @Digits(fraction = 2) BigDecimal total) {
///     static Value<BigDecimal> total(InvoiceLineRecords.Fields line) {
///         return line.quantity().times(line.unitPrice());
///     }
/// }
/// ```
///
/// The static method of the same name says how, once, when the app is loaded: it sees the fields of the same record
/// that are not computed, and what [Value] and its kinds can do. The field can be read, filtered, sorted by and
/// restricted like any other.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Computed {

    /// Whether it is kept in the table; otherwise it is made when it is read, which takes PostgreSQL 18.
    boolean stored() default true;
}
