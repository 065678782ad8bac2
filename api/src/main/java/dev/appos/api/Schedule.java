package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Starts a process without inputs at the times of a cron expression, once on all servers together.
///
/// ```java
/// @Schedule(value = "0 2 * * *", zone = "Europe/Madrid")
/// @Process(use = "crm_admins")
/// void closeTheDay() { … }
/// ```
///
/// Five fields: minute, hour, day of the month, month, day of the week (0 or 7 is Sunday). If both days are given,
/// either will do. A time that the clock skips in spring runs at the moment it skips to; one that comes twice in autumn
/// runs once, except where the hour is `*`: that runs in every hour there is.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Schedule.Several.class)
public @interface Schedule {

    /// The cron expression.
    String value();

    /// The time zone it means, such as `Europe/Madrid`.
    String zone() default "UTC";

    /// What it is called within its app; else like the process. Needed if a process has several.
    String name() default "";

    /// What becomes of the times at which no server ran.
    Missed missed() default Missed.ONCE;

    /// Whether it runs before an operator says so.
    boolean enabled() default true;

    /// The service account it runs as; else the account of the app, `app.crm`, which is in every group of the app.
    String runsAs() default "";

    /// What becomes of the times at which no server ran.
    enum Missed {
        /// They are gone.
        SKIP,
        /// The last of them is made up for, as soon as a server runs.
        ONCE,
        /// Each is made up for, the oldest first.
        ALL
    }

    /// Several schedules of one process.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {

        Schedule[] value();
    }
}
