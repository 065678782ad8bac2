package dev.appos.dispatch;

import dev.appos.api.AppOsException;
import dev.appos.api.AppOsException.About;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The one table from the reasons of refusals to the errors that app code can catch, and the way back.
final class AppErrors {

    private AppErrors() {}

    /// What app code meets when a call it makes is refused.
    static AppOsException of(Refusal refusal, Ref object, Context context, Instant now) {
        String message = refusal.getMessage();
        About about = about(refusal, object.toString(), context, now);
        return switch (refusal.reason()) {
            case MALFORMED, OVER_BUDGET, UNAVAILABLE -> new AppOsException.Dispatch(message, about, refusal);
            case UNAUTHENTICATED -> new AppOsException.Session(message, about, refusal);
            case FORBIDDEN, HELD -> new AppOsException.Security(message, about, refusal);
            case NOT_FOUND -> new AppOsException.ObjectNotFound(message, about, refusal);
            case CONFLICT, STALE -> new AppOsException.Record(message, about, refusal);
            case TOO_LARGE, INVALID -> new AppOsException.Validation(message, about, refusal);
        };
    }

    /// What app code meets that asks for a login session where there is none.
    static AppOsException noSession(Context context, Instant now) {
        Refusal refusal = Refusal.forbidden(
                "ctx.session()", "the call is not made in a login session",
                "Log in with a name and a password; calls with keys, of agents and in processes have no session.");
        return new AppOsException.Session(refusal.getMessage(), about(refusal, "", context, now), refusal);
    }

    /// The refusal behind an error that app code let pass; none if it made the error up.
    static Optional<Refusal> refusal(AppOsException error) {
        return Optional.ofNullable(error.getCause())
                .filter(Refusal.class::isInstance)
                .map(Refusal.class::cast);
    }

    private static About about(Refusal refusal, String object, Context context, Instant now) {
        Map<String, String> faults = new LinkedHashMap<>();
        refusal.faults().forEach(fault -> faults.putIfAbsent(fault.path(), fault.message()));
        return new About(object, context.executionId(), now, refusal.remedy(), faults);
    }
}
