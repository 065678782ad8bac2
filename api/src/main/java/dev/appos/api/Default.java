package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value a new record gets when none is given.
///
/// A time and a day may be that of the creation, `@Default("now") Instant`, `@Default("today") LocalDate`, and a text
/// the name of whoever creates the record: `@Default("{user}") String owner`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /// The value as it would be written in JSON without quotes: `0`, `true`, `ACTIVE`.
    String value();
}
