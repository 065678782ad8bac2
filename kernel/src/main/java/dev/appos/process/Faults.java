package dev.appos.process;

import dev.appos.api.AppOsException;
import dev.appos.api.Rejected;
import dev.appos.base.Refusal;

/// What people who watch a process are told of a fault.
final class Faults {

    private Faults() {}

    static String text(Throwable fault) {
        String text = switch (fault) {
            case StepFailed step -> String.valueOf(step.getMessage());
            case Unwind.Diverged diverged -> diverged.message();
            case BodyFault author -> String.valueOf(author.getMessage());
            case Refusal refusal -> String.valueOf(refusal.getMessage());
            case AppOsException error -> String.valueOf(error.getMessage());
            case Rejected rejected -> String.valueOf(rejected.getMessage());
            default -> fault.toString();
        };
        return text.length() <= Bounds.MESSAGE_LONGEST ? text : text.substring(0, Bounds.MESSAGE_LONGEST);
    }
}
