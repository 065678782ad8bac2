package dev.appos.dispatch;

import dev.appos.api.Cond;
import dev.appos.api.Ctx;
import dev.appos.api.Door;
import dev.appos.api.Durations;
import dev.appos.api.Selection;
import dev.appos.api.Start;
import dev.appos.api.Tabulation;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.Page;
import dev.appos.object.PageDefinition;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.Query.Selected;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.StartOptions;
import dev.appos.object.Upserted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// What app code sees of the door: turns each accessor call into a call inside the one that is running.
final class AppDoor implements Door {

    private static final String SIGNAL = "platform.rules.signal_process";

    private final Permit permit;

    AppDoor(Permit permit) {
        this.permit = permit;
    }

    @Override
    public Object run(String ref, Object... arguments) {
        return call(ref, new Input.Run(named(parameters(ref), arguments)));
    }

    @Override
    public Object constant(String ref) {
        return call(ref, new Input.ReadConstant());
    }

    @Override
    public Object runConstant(String ref, Map<String, Object> inputs) {
        return call(ref, new Input.Run(inputs));
    }

    @Override
    public UUID start(String ref, Object... arguments) {
        return (UUID) call(ref, new Input.Start(named(parameters(ref), arguments)));
    }

    @Override
    public void signal(String ref, UUID instance, String name, Object value) {
        Map<String, Object> sent = Form.fields(value);
        call(SIGNAL, new Input.Run(Map.of("process", ref, "id", instance.toString(), "name", name, "value", sent)));
    }

    @Override
    public UUID start(Start how, Map<String, Object> inputs) {
        Ref process = Ref.parse(how.ref()).orElseThrow(() ->
                permit.error(Refusal.notFound("process called " + how.ref()), permit.definition().ref()));
        Optional<Instant> at = how.at()
                .or(() -> how.after().map(length -> permit.context().at().plus(Durations.parse(length))));
        StartOptions options = new StartOptions(how.key(), at, Optional.empty());
        return (UUID) call(process.toString(), new Input.Start(inputs, options));
    }

    @Override
    @SuppressWarnings("unchecked") // the answer to GetRecord
    public Map<String, Object> get(String ref, long id) {
        return (Map<String, Object>) call(ref, new Input.GetRecord(id, everything(ref)));
    }

    @Override
    public List<Map<String, Object>> list(Selection selection) {
        Query query = new Query(
                everything(selection.ref()),
                selection.where(),
                selection.order().stream().map(order -> new Query.Sort(order.path(), order.descending())).toList(),
                selection.limit(),
                selection.offset(),
                false);
        return ((Page) call(selection.ref(), new Input.ListRecords(query))).rows();
    }

    @Override
    public List<Map<String, Object>> tabulate(Tabulation asked) {
        Selection selection = asked.selection();
        return ((Page) call(selection.ref(), new Input.AggregateRecords(
                selection.where(), asked.terms(), asked.distinct(), asked.having(), selection.order(),
                selection.limit(), selection.offset()))).rows();
    }

    @Override
    public long count(Selection selection) {
        return (Long) call(selection.ref(), new Input.CountRecords(selection.where()));
    }

    @Override
    public BigDecimal sum(Selection selection, String column) {
        return (BigDecimal) call(selection.ref(), new Input.SumRecords(selection.where(), column));
    }

    @Override
    public long create(String ref, Map<String, Object> values) {
        return createAll(ref, List.of(values)).getFirst();
    }

    @Override
    public List<Long> createAll(String ref, List<Map<String, Object>> rows) {
        return rows.isEmpty()
                ? List.of()
                : rows(ref, new Input.CreateRecords(rows)).stream().map(row -> (Long) row.get("id")).toList();
    }

    @Override
    public long upsert(String ref, Map<String, Object> values, List<String> key) {
        Upserted done = (Upserted) call(ref, new Input.UpsertRecords(List.of(values), key, true));
        return (Long) done.written().getFirst().get("id");
    }

    @Override
    public long updateAll(String ref, Cond where, Map<String, Object> values) {
        return rows(ref, new Input.UpdateRecords(where, values)).size();
    }

    @Override
    public long deleteAll(String ref, Cond where) {
        return rows(ref, new Input.DeleteRecords(where)).size();
    }

    @SuppressWarnings("unchecked") // the answer to an input about many records
    private List<Map<String, Object>> rows(String ref, Input input) {
        return (List<Map<String, Object>>) call(ref, input);
    }

    @Override
    public void update(String ref, long id, Map<String, Object> values) {
        call(ref, new Input.UpdateRecord(id, OptionalInt.empty(), values));
    }

    @Override
    public void delete(String ref, long id) {
        call(ref, new Input.DeleteRecord(id, OptionalInt.empty()));
    }

    @Override
    public Object config(String key) {
        String app = permit.definition().ref().app();
        return call("platform.rules.get_app_config", new Input.Run(Map.of("app", app, "key", key)));
    }

    @Override
    public void see(String ref, String column) {
        try {
            permit.visible().see(ref, column);
        } catch (Refusal refusal) {
            throw permit.error(refusal, Ref.of(ref));
        }
    }

    @Override
    public Ctx ctx() {
        return permit.ctx();
    }

    private Object call(String ref, Input input) {
        Ref object = Ref.of(ref);
        try {
            Call call = Call.of(object, input);
            permit.repeats(call);
            return permit.call(call);
        } catch (Refusal refusal) {
            throw permit.error(refusal, object);
        }
    }

    private List<Parameter> parameters(String ref) {
        return switch (permit.snapshot().find(ref).orElseThrow(() -> Dispatcher.unknown(Ref.of(ref)))) {
            case RuleDefinition rule -> rule.parameters();
            case ProcessDefinition process -> process.parameters();
            case RecordDefinition _,
                    ConstantDefinition _,
                    InterfaceDefinition _,
                    PageDefinition _,
                    FolderDefinition _,
                    PlatformDefinition _ -> List.of();
        };
    }

    private static Map<String, Object> named(List<Parameter> parameters, Object[] arguments) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            named.put(parameters.get(i).name(), arguments[i]);
        }
        return named;
    }

    /// Every column the caller may see, and of each reference the record it leads to where he may see that.
    private List<Selected> everything(String ref) {
        if (!(permit.snapshot().find(ref).orElse(null) instanceof RecordDefinition record)) {
            return List.of();
        }
        List<Selected> selected = new ArrayList<>();
        RecordDefinition.SYSTEM_COLUMNS.forEach(column -> selected.add(new Selected.Column(column)));
        permit.visible().seen(record).fields().forEach(field -> {
            selected.add(new Selected.Column(field.name()));
            field.target()
                    .filter(target -> permit.allows(target.record(), Permission.VIEW))
                    .ifPresent(target -> selected.add(new Selected.Embed(target.embed(), List.of())));
        });
        return selected;
    }
}
