package dev.appos.api;

import java.time.Instant;
import java.util.Map;

/// A call from app code that was refused. Code that knows what to do instead may catch it and go on: nothing that call
/// did remains. Left alone it reaches whoever made the outermost call, in the same words.
///
/// App code says no of its own with [Words#reject(String, String)].
public abstract sealed class AppOsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// What a refusal is about.
    ///
    /// @param objectRef   the object that was called: `crm.records.customer`; empty if none was
    /// @param executionId of the outermost call
    /// @param remedy      what can be done next
    /// @param faults      of the input: a message by its place, `/email`
    public record About(
            String objectRef, String executionId, Instant timestamp, String remedy, Map<String, String> faults) {

        public About {
            faults = Map.copyOf(faults);
        }
    }

    private final transient About about;

    private AppOsException(String message, About about, Throwable cause) {
        super(message, cause, false, false);
        this.about = about;
    }

    /// The object that was called; empty if none was.
    public final String objectRef() {
        return about.objectRef();
    }

    /// What kind of object that is: `record`, `rule`, `process`, `constant`; empty if there is none.
    public final String objectType() {
        String[] parts = about.objectRef().split("\\.");
        String shelf = parts.length < 2 ? "" : parts[1];
        return shelf.equals("processes") ? "process" : shelf.replaceFirst("s$", "");
    }

    public final String executionId() {
        return about.executionId();
    }

    public final Instant timestamp() {
        return about.timestamp();
    }

    /// What can be done next.
    public final String remedy() {
        return about.remedy();
    }

    /// What is wrong with the input, a message by its place; empty if that is not the reason.
    public final Map<String, String> faults() {
        return about.faults();
    }

    /// The caller may not do this, or it needs a person's approval first.
    public static final class Security extends AppOsException {

        private static final long serialVersionUID = 1;

        public Security(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }

    /// The call cannot be made as it stands: it cannot be read, a budget is used up, something is away for now.
    public static final class Dispatch extends AppOsException {

        private static final long serialVersionUID = 1;

        public Dispatch(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }

    /// The input breaks a rule, or the code that was called said no.
    public static final class Validation extends AppOsException {

        private static final long serialVersionUID = 1;

        public Validation(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }

    /// It contradicts the data: a value that is taken, a record still referred to or changed meanwhile.
    public static final class Record extends AppOsException {

        private static final long serialVersionUID = 1;

        public Record(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }

    /// There is no such object or record, or it is not the caller's to know.
    public static final class ObjectNotFound extends AppOsException {

        private static final long serialVersionUID = 1;

        public ObjectNotFound(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }

    /// There is no login session, or none that still lasts.
    public static final class Session extends AppOsException {

        private static final long serialVersionUID = 1;

        public Session(String message, About about, Throwable cause) {
            super(message, about, cause);
        }
    }
}
