package dev.appos.dispatch;

import dev.appos.api.Cond;
import dev.appos.api.Door;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The apps as one caller sees them: which objects, which fields of a record, which rows. Every path asks here, so that
/// they all decide alike. Answers from memory and as of the moment it was made; keep it no longer than a call.
public final class Visibility {

    private final Dispatcher dispatcher;
    private final Context context;
    private final Snapshot snapshot;
    private final Standing standing;
    private final Scratch scratch;

    Visibility(Dispatcher dispatcher, Context context, Snapshot snapshot, Standing standing, Scratch scratch) {
        this.dispatcher = dispatcher;
        this.context = context;
        this.snapshot = snapshot;
        this.standing = standing;
        this.scratch = scratch;
    }

    /// The apps as they stood when the outermost call began, with all that is in them.
    public Snapshot snapshot() {
        return snapshot;
    }

    Context context() {
        return context;
    }

    Standing standing() {
        return standing;
    }

    Scratch scratch() {
        return scratch;
    }

    /// Whether the caller holds a permission on an object.
    public boolean allows(Ref ref, Permission permission) {
        return dispatcher.allows(context.principal(), snapshot, ref, permission);
    }

    /// A record type, if the caller may view it, complete.
    public Optional<RecordDefinition> record(Ref ref) {
        return snapshot.find(ref)
                .filter(RecordDefinition.class::isInstance)
                .map(RecordDefinition.class::cast)
                .filter(record -> allows(ref, Permission.VIEW));
    }

    /// The columns of a record type that do not exist for the caller.
    public Set<String> hidden(RecordDefinition record) {
        return columns(record, false);
    }

    /// The columns of a record type that the caller may not write, whether or not he sees them.
    public Set<String> fixed(RecordDefinition record) {
        return columns(record, true);
    }

    private Set<String> columns(RecordDefinition record, boolean writing) {
        if (standing.everything()) {
            return Set.of();
        }
        Set<String> groups = standing.groups();
        return record.fields().stream()
                .filter(field -> field.access().stated())
                .filter(field -> !(writing ? field.writableBy(groups) : field.visibleTo(groups)))
                .map(FieldDefinition::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The record type without the fields that do not exist for the caller.
    public RecordDefinition seen(RecordDefinition record) {
        return record.without(hidden(record));
    }

    /// Refuses unless the caller may see the field: code that reads one it may not see must not take it for empty.
    ///
    /// @throws Refusal naming the field, which whoever wrote the code knows
    public void see(String ref, String column) {
        snapshot.find(ref)
                .filter(RecordDefinition.class::isInstance)
                .map(RecordDefinition.class::cast)
                .filter(record -> hidden(record).contains(column))
                .ifPresent(record -> {
                    throw Refusal.forbidden(
                            "To read " + column + " of " + record.ref(),
                            "no group of " + standing.user() + " may view it");
                });
    }

    /// The condition that a row must fit to exist for the caller: what the author's filters say of him.
    ///
    /// @return [Query#ALL] where every row does
    /// @throws Refusal if a filter fails: who cannot be told what he may see, may see nothing
    public Cond rows(RecordDefinition record) {
        List<Cond> conditions = new ArrayList<>();
        for (String filter : filters(record)) {
            Cond condition = row(record, filter);
            if (!condition.equals(Query.ALL)) {
                conditions.add(condition);
            }
        }
        return conditions.size() == 1 ? conditions.getFirst() : new Cond.And(conditions);
    }

    /// The filters that are asked which rows exist for the caller; none where every row does.
    public List<String> filters(RecordDefinition record) {
        return standing.everything() ? List.of() : record.filters();
    }

    private Cond row(RecordDefinition record, String filter) {
        try {
            Object said = ScopedValue.where(Door.CURRENT, new FilterDoor(this, record)).call(() -> snapshot
                    .code(record.ref().app())
                    .call(code(record, filter), new Object[0]));
            if (said instanceof Cond condition) {
                return condition;
            }
            throw new IllegalStateException("it answered " + said + ", which is no condition");
        } catch (Throwable fault) {
            throw failed(record, fault);
        }
    }

    /// How the body of a filter is called: `filters.customer.own`.
    private static String code(RecordDefinition record, String filter) {
        return "filters." + record.ref().name() + "." + filter;
    }

    /// What a caller hears when a filter of a record cannot be applied; the fault itself goes into the log.
    public Refusal failed(RecordDefinition record, Throwable fault) {
        dispatcher.filterFailed(context, record, fault);
        return Refusal.forbidden(
                "To use " + record.ref(),
                "its row filter failed, so nobody can say which rows you may see",
                "Tell an administrator; the log names the fault under execution id " + context.executionId() + ".");
    }
}
