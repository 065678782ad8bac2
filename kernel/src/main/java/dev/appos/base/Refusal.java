package dev.appos.base;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A request that will not be carried out, with the reason told to whoever asked.
///
/// A refusal is an expected answer: it is shown to the caller word for word and is never retried as it stands.
/// Anything else that is thrown is a fault of the platform or of app code, and the caller learns only the id it was
/// logged under.
///
/// The message says what was refused and why. The remedy says what the caller can do next; an agent acts on it, so it
/// names a field, an operation or a person.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Why a request can be refused. The list is closed: HTTP, MCP and the command line map it in one switch each.
    public enum Reason {
        /// The request cannot be read.
        MALFORMED,
        /// Nobody knows who asks.
        UNAUTHENTICATED,
        /// The caller may know of the thing but not do this to it.
        FORBIDDEN,
        /// There is no such thing, or it is not the caller's to know; the two read alike.
        NOT_FOUND,
        /// It contradicts what is there: a duplicate, a record still referred to.
        CONFLICT,
        /// Someone else changed it since the caller read it.
        STALE,
        /// More than the platform takes in one request.
        TOO_LARGE,
        /// It can be read, and breaks a rule.
        INVALID,
        /// It waits for a person's approval.
        HELD,
        /// The caller has used up what it may use.
        OVER_BUDGET,
        /// It cannot be done now.
        UNAVAILABLE
    }

    /// One fault of an input.
    ///
    /// @param path    a JSON Pointer into what the caller sent: `/email`
    /// @param code    a word programs can switch on: `required`
    /// @param message a sentence for people
    public record Fault(String path, String code, String message) {}

    private final transient Reason reason;
    private final String remedy;
    private final transient List<Fault> faults;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<String> approval;
    private final transient Map<String, Object> details;

    private Refusal(Reason reason, String message, String remedy, List<Fault> faults, Duration retry, String approval) {
        this(reason, message, remedy, faults, retry, approval, Map.of());
    }

    private Refusal(
            Reason reason, String message, String remedy, List<Fault> faults, Duration retry, String approval,
            Map<String, Object> details) {
        super(message, null, false, false);
        this.details = details;
        this.reason = reason;
        this.remedy = remedy;
        this.faults = List.copyOf(faults);
        this.retryAfter = Optional.ofNullable(retry);
        this.approval = Optional.ofNullable(approval);
    }

    private static Refusal of(Reason reason, String message, String remedy) {
        return new Refusal(reason, message, remedy, List.of(), null, null);
    }

    /// The request cannot be read; `remedy` shows the form that works.
    public static Refusal malformed(String message, String remedy) {
        return of(Reason.MALFORMED, message, remedy);
    }

    /// Nobody knows who asks.
    public static Refusal unauthenticated(String message) {
        return of(Reason.UNAUTHENTICATED, message, "Log in, or send a valid X-API-Key or bearer token.");
    }

    /// The caller may know of `ref` but not do this to it; `rule` is what decided.
    public static Refusal forbidden(String what, String rule) {
        return forbidden(what, rule, "Ask an administrator for the permission.");
    }

    /// Like [#forbidden(String, String)] with a remedy of its own.
    public static Refusal forbidden(String what, String rule, String remedy) {
        return of(Reason.FORBIDDEN, what + " is not allowed: " + rule + ".", remedy);
    }

    /// No such thing, or nothing the caller may know of; a stranger learns nothing from the difference.
    public static Refusal notFound(String name) {
        return notFound(name, "Check the name, or ask for access to it.");
    }

    /// Like [#notFound(String)] with a remedy of its own, which names nothing that the caller may not know of.
    public static Refusal notFound(String name, String remedy) {
        return of(Reason.NOT_FOUND, "There is no " + name + ".", remedy);
    }

    /// It contradicts what is there.
    public static Refusal conflict(String message, String remedy) {
        return of(Reason.CONFLICT, message, remedy);
    }

    /// Someone else changed the thing since the caller read it.
    public static Refusal stale(String what, int current) {
        return of(
                Reason.STALE,
                what + " is at version " + current + " by now.",
                "Read it again and repeat the change on what you find.");
    }

    /// More than the platform takes in one request.
    public static Refusal tooLarge(String message, String remedy) {
        return of(Reason.TOO_LARGE, message, remedy);
    }

    /// The input breaks rules; every fault at once.
    public static Refusal invalid(String what, List<Fault> faults) {
        String first = faults.getFirst().path() + " " + faults.getFirst().message();
        String more = faults.size() == 1 ? "" : " and " + (faults.size() - 1) + " more";
        String remedy = "Correct " + String.join(", ", faults.stream().map(Fault::path).distinct().toList())
                + " and send it again.";
        String message = what + " is not valid: " + first + more;
        String ended = message.endsWith(".") || message.endsWith("?") ? message : message + ".";
        return new Refusal(Reason.INVALID, ended, remedy, faults, null, null);
    }

    /// The input breaks one rule.
    public static Refusal invalid(String what, String path, String code, String message) {
        return invalid(what, List.of(new Fault(path, code, message)));
    }

    /// It waits for a person: nothing has happened yet.
    public static Refusal held(String message, String approval) {
        return new Refusal(
                Reason.HELD,
                message,
                "Wait until approval " + approval + " is given, then send exactly the same call again.",
                List.of(),
                null,
                approval);
    }

    /// The caller has used up what it may use.
    public static Refusal overBudget(String message, Duration retryAfter) {
        return new Refusal(
                Reason.OVER_BUDGET, message, "Wait, or ask for a larger limit.", List.of(), retryAfter, null);
    }

    /// It cannot be done now.
    public static Refusal unavailable(String message, String remedy) {
        return new Refusal(Reason.UNAVAILABLE, message, remedy, List.of(), Duration.ofSeconds(5), null);
    }

    /// The same, said of a part of what was sent: where it names no fault of its own, the part is one.
    ///
    /// @param place a JSON Pointer: `/operations/3`; empty changes nothing
    public Refusal at(String place) {
        if (place.isEmpty()) {
            return this;
        }
        String word = reason.name().toLowerCase(Locale.ROOT);
        return faults.isEmpty() ? with(List.of(new Fault(place, word, getMessage()))) : moved(path -> place + path);
    }

    /// The same with its faults at other places.
    public Refusal moved(UnaryOperator<String> path) {
        return with(faults.stream()
                .map(fault -> new Fault(path.apply(fault.path()), fault.code(), fault.message()))
                .toList());
    }

    private Refusal with(List<Fault> others) {
        return new Refusal(
                reason, getMessage(), remedy, others, retryAfter.orElse(null), approval.orElse(null), details);
    }

    /// The same refusal with more for programs to look at, in plain JSON values.
    public Refusal with(Map<String, Object> more) {
        return new Refusal(reason, getMessage(), remedy, faults, retryAfter.orElse(null), approval.orElse(null), more);
    }

    /// The same refusal as a contradiction to what is there.
    public Refusal asConflict() {
        return new Refusal(Reason.CONFLICT, getMessage(), remedy, faults, null, null, details);
    }

    /// What else programs can look at; empty for most.
    public Map<String, Object> details() {
        return details;
    }

    public Reason reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }

    /// Every fault of the input; empty unless the reason is [Reason#INVALID], or a part of it is meant.
    public List<Fault> faults() {
        return faults;
    }

    /// When another try may help.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// The approval it waits for, when the reason is [Reason#HELD].
    public Optional<String> approval() {
        return approval;
    }
}
