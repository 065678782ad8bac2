package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A named function of an app: called as `rules.x(…)`, over `/rpc/x`, and as an agent's tool.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ExpressionRule {

    /// What the rule answers, in one sentence. Agents choose their tools by it.
    String description() default "";

    /// Whether an answer may be given again: for the same user and inputs, until `cacheTtl` has passed or something the
    /// rule reads has changed. Only for rules that change nothing. What other servers on the same database change is
    /// noticed at once where they share a Redis, and otherwise after `cacheTtl`.
    boolean cacheable() default false;

    /// How long a kept answer may be given again at most: `"30s"`, `"5m"`.
    String cacheTtl() default "5m";

    /// The groups that may run the rule; empty means what `security.defaults.logic` of the app says.
    String[] use() default {};

    /// The groups that may do everything with the rule.
    String[] admin() default {};
}
