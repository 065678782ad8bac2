package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.object.Origin;
import dev.appos.object.Permission;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What all addresses of records share: which record is meant, what the caller may name, and the call itself.
final class RecordCalls {

    private final Calls calls;

    RecordCalls(Calls calls) {
        this.calls = calls;
    }

    /// The record type behind the address.
    ///
    /// A caller who may not see it hears what he hears of an address that does not exist, and before anything of the
    /// request is read: a fault in a filter would give away that the columns are known. Of its fields only those are
    /// there that he may see.
    RecordDefinition record(Request request) {
        RecordDefinition record = calls.snapshot()
                .resource(request.param("app"), request.param("records"))
                .orElseThrow(() -> Calls.nothing(request));
        if (!calls.allows(request, record, Permission.VIEW)) {
            // Made all the same, so that the refusal is decided, audited and traced in the one place.
            calls.call(request, record.ref(), new Input.ListRecords(Query.first(0)));
        }
        return calls.visible(request).seen(record);
    }

    /// The record as the body says it, complete: what the body leaves out is as in a new one.
    Map<String, @Nullable Object> complete(Request request, RecordDefinition record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Set<String> fixed = calls.visible(request).fixed(record);
        record.fields().stream()
                .filter(field -> !fixed.contains(field.name())
                        && (field.origin() instanceof Origin.Given || field.origin() instanceof Origin.Literal))
                .forEach(field -> row.put(field.name(), field.defaultValue()
                        .map(value -> Values.parse(field.type(), field.choices(), value))
                        .orElse(null)));
        row.putAll(request.object());
        return row;
    }

    Columns columns(Request request, RecordDefinition record) {
        return new Columns(record);
    }

    /// Makes several calls, each decided and undone by itself.
    @Nullable Object transaction(Request request, List<Map<String, Object>> operations) {
        return calls.platform(
                request, TransactionRoutes.RULE, Map.of("operations", operations, "atomic", false));
    }

    /// Reads after a change, in a call of its own that is no repetition of the change.
    Object reread(Request request, RecordDefinition record, Input input) {
        Object answer = calls.read(request, record.ref(), input);
        if (answer == null) {
            throw new IllegalStateException(record.ref() + " answered nothing to " + input.action());
        }
        return answer;
    }

    Object answer(Request request, RecordDefinition record, Input input) {
        Ref ref = record.ref();
        Object answer = calls.call(request, ref, input);
        if (answer == null) {
            throw new IllegalStateException(ref + " answered nothing to " + input.action());
        }
        return answer;
    }

    void onlyOptions(Request request, RecordDefinition record, Set<String> known) {
        request.query().keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw columns(request, record).unknown(name);
        });
    }

    @SuppressWarnings("unchecked") // the answers of the record engine, as Input says
    static Map<String, Object> row(Object answer) {
        return (Map<String, Object>) answer;
    }

    @SuppressWarnings("unchecked") // the answers of the record engine, as Input says
    static List<Map<String, Object>> rows(Object answer) {
        return (List<Map<String, Object>>) answer;
    }
}
