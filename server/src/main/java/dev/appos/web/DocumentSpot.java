package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.DocumentRequest;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Upload;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where the documents of an address are: in a folder, or attached to a record.
record DocumentSpot(Calls calls, Ref ref, OptionalLong record) {

    static final String IN_FOLDER = "/api/{app}/v1/folders/{folder}/documents";
    static final String ATTACHED = "/api/{app}/v1/{records}/{id}/attachments";

    /// Decides nothing and is kept by nobody: what a caller without the permission would have sent.
    private static final Upload NOTHING = new Upload("", 0, "", false, Path.of(""));

    static DocumentSpot folder(Request request, Calls calls) {
        return new DocumentSpot(calls, FolderRoutes.folder(request, calls).ref(), OptionalLong.empty());
    }

    static DocumentSpot record(Request request, Calls calls) {
        RecordDefinition record = calls.snapshot().resource(request.param("app"), request.param("records"))
                .filter(found -> found.traits().attachments())
                .orElseThrow(() -> Calls.nothing(request));
        return new DocumentSpot(calls, record.ref(), OptionalLong.of(request.id("id")));
    }

    Object answer(Request request, DocumentRequest asked) {
        Object answer = calls.call(request, ref, new Input.Documents(record, asked));
        if (answer == null) {
            throw new IllegalStateException(ref + " answered nothing");
        }
        return answer;
    }

    /// Refuses who may not add documents here, before anything is read of what could not be kept.
    void mayAdd(Request request) {
        may(request, new DocumentRequest.AddDocument("-", NOTHING, "", List.of()));
    }

    /// Like [#mayAdd] for a change that brings content.
    void mayChange(Request request, java.util.UUID document) {
        may(request, new DocumentRequest.AddVersion(document, NOTHING, "", java.util.OptionalInt.empty()));
    }

    /// The call is made all the same, so that the refusal is decided, audited and traced in the one place.
    private @Nullable Object may(Request request, DocumentRequest asked) {
        Input input = new Input.Documents(record, asked);
        Permission needed = input.action().permission();
        return calls.allows(request, calls.snapshot().find(ref).orElseThrow(), needed)
                ? null
                : calls.call(request, ref, input);
    }
}
