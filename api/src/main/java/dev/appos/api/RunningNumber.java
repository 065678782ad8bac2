package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The platform gives each new record the next number: `@RunningNumber("INV-{yyyy}-{00000}") String number`.
///
/// `{00000}` is the number with at least so many digits; `{yyyy}`, `{yy}`, `{MM}` and `{dd}` are the day in UTC on
/// which the record is created. Each text that differs in anything but the number counts from 1 of its own.
///
/// The numbers of records that are kept have no gaps and are in the order in which they were kept: a number is given
/// back when its record is not kept after all. So creating such records in parallel means to wait for each other. The
/// field is unique, and nobody writes it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RunningNumber {

    /// How numbers are written.
    String value();
}
