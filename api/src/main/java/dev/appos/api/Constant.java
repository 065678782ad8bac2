package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A named value of an app, read as `constants.x()`. The method says the value, or with [Words#usually] one for each
/// environment; it takes nothing and reads nothing. An administrator can set another one while the platform runs.
///
/// A text that names an object, such as `"crm.rules.customer_ltv"`, is a reference: `constants.x.run(…)` runs it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Constant {

    /// What the value means, in one sentence.
    String description() default "";

    /// The rule of this app that says whether a value is fit: it takes one and answers a `boolean`.
    String validate() default "";

    /// The groups that may read it; empty means what `security.defaults.logic` of the app says.
    String[] use() default {};

    /// The groups that may also set it.
    String[] admin() default {};
}
