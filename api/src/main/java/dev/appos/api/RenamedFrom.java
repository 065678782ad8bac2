package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a field or a record was called before: what is stored stays, under the new name.
///
/// ```java
/// @RenamedFrom("Client")
/// record Customer(@RenamedFrom("name") String fullName) {}
/// ```
///
/// It may be taken away once every database has the new name.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface RenamedFrom {
    /// The name as it stood in the source: `supportRep`, `MediaType`.
    String value();
}
