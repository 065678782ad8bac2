package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From a request to a call through the door.
final class Calls {

    private final Dispatcher dispatcher;
    private final Registry registry;

    Calls(Dispatcher dispatcher, Registry registry) {
        this.dispatcher = dispatcher;
        this.registry = registry;
    }

    Snapshot snapshot() {
        return registry.current();
    }

    Registry registry() {
        return registry;
    }

    /// Makes the call; a changing one is made once for its `Idempotency-Key`.
    ///
    /// What is not there and what the caller may not know of read alike, because both name only the address.
    @Nullable Object call(Request request, Ref ref, Input input) {
        Optional<String> key = request.header("Idempotency-Key");
        if (key.map(String::length).orElse(1) > Call.LONGEST_KEY || key.map(String::isBlank).orElse(false)) {
            throw Refusal.malformed("The Idempotency-Key is not usable.", "Send 1 to 255 characters.");
        }
        boolean stranger = request.caller().stranger();
        if (stranger && !allows(request, ref, input.action().permission())) {
            // Not let into the door, which would keep a row for each stranger it turns away.
            throw Caller.needsLogin();
        }
        request.about(ref);
        try {
            return dispatcher.dispatch(request.context(), new Call(ref, input, key));
        } catch (Refusal refusal) {
            if (stranger && refusal.reason() == Refusal.Reason.FORBIDDEN) {
                throw Caller.needsLogin();
            }
            if (refusal.getMessage().equals(Dispatcher.unknown(ref).getMessage())) {
                throw nothing(request);
            }
            throw refusal;
        }
    }

    /// Reads beside the call that the request is about: its key is not that of this one.
    @Nullable Object read(Request request, Ref ref, Input input) {
        return dispatcher.dispatch(request.context(), Call.of(ref, input));
    }

    /// Makes a call as somebody stands by now, for a request that goes on.
    @Nullable Object call(Context context, Ref ref, Input input) {
        return dispatcher.dispatch(context, Call.of(ref, input));
    }

    /// The record type, as somebody sees it by now.
    Optional<RecordDefinition> record(Context context, Ref ref) {
        return dispatcher.visibility(context, registry.current()).record(ref);
    }

    /// Calls one of the platform's own rules.
    @Nullable Object platform(Request request, String rule, Map<String, Object> arguments) {
        return call(request, new Ref(Ref.PLATFORM, "rules", rule), new Input.Run(arguments));
    }

    /// Whether the caller may do this with the object, without doing anything.
    boolean allows(Request request, Definition definition, Permission permission) {
        return allows(request, definition.ref(), permission);
    }

    private boolean allows(Request request, Ref ref, Permission permission) {
        return dispatcher.allows(request.caller().context().principal(), registry.current(), ref, permission);
    }

    /// The apps as the caller sees them.
    Visibility visible(Request request) {
        return dispatcher.visibility(request.caller().context(), registry.current());
    }

    /// The refusal for an address behind which there is nothing the caller may know of.
    static Refusal nothing(Request request) {
        return request.caller().stranger()
                ? Caller.needsLogin()
                : Refusal.notFound("address " + request.method() + " " + request.path());
    }
}
