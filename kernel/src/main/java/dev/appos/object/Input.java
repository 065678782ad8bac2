package dev.appos.object;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import dev.appos.api.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is asked of an object. Together with the reference it is the whole call, so policies, approvals, digests and
/// the trace all judge and keep the same thing, whoever asks and over whichever wire.
public sealed interface Input {

    /// What is to be done.
    Action action();

    /// What was given with it, as JSON-like values; a digest is taken of their canonical JSON.
    Map<String, Object> values();

    /// A page of records. Answers a [Page].
    record ListRecords(Query query) implements Input {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return InputValues.of(query);
        }
    }

    /// Every record that fits, one after the other and never all at once, to `each`. Answers a `Long`, how many.
    ///
    /// @param query whose limit does not count
    /// @param most  the most records; empty is as many as there are
    record ScanRecords(Query query, OptionalLong most, Each each) implements Input {

        /// Takes a row by column, in the order of its columns.
        @FunctionalInterface
        public interface Each {

            void row(Map<String, @Nullable Object> row);
        }

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = InputValues.of(query);
            values.put("limit", most.isPresent() ? most.getAsLong() : "all");
            return values;
        }
    }

    /// How many records fit. Answers a `Long`.
    record CountRecords(Cond where) implements Input {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("where", InputValues.of(where), "count", true);
        }
    }

    /// The sum of a numeric column, zero when nothing fits. Answers a `BigDecimal`.
    record SumRecords(Cond where, String column) implements Input {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("where", InputValues.of(where), "sum", column);
        }
    }

    /// Values of records, or with a figure among them one row for each group of records that agree in all the others.
    /// Answers a [Page] of rows by the names of the terms.
    ///
    /// @param distinct whether rows that are alike are answered once
    /// @param having   which groups, over the names of terms
    /// @param order    over the names of terms
    record AggregateRecords(
            Cond where, List<Term> terms, boolean distinct, Cond having, List<Order> order, int limit, long offset)
            implements Input {

        public AggregateRecords {
            terms = List.copyOf(terms);
            order = List.copyOf(order);
        }

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return InputValues.of(this);
        }
    }

    /// Changes of live records after one position and up to another, in their order. Answers a list of maps with
    /// `position`, and of what the caller may see `change` (`created`, `updated` or `gone`), `id`, and unless it is
    /// gone `version` and `record`, the row as it is now.
    record FollowRecords(long after, long upto, int limit) implements Input {

        @Override
        public Action action() {
            return Action.LIST;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("after", after, "upto", upto);
        }
    }

    /// One record. Answers a row by column; `select` is as in [Query].
    record GetRecord(long id, List<Query.Selected> select) implements Input {

        @Override
        public Action action() {
            return Action.GET;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id, "select", InputValues.selected(select));
        }
    }

    /// New records, all or none. Answers their rows in the same order.
    record CreateRecords(List<Map<String, Object>> rows) implements Input {

        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Map<String, Object> values() {
            return rows.size() == 1 ? rows.getFirst() : Map.of("rows", rows);
        }
    }

    /// Records to be added, or changed where there is one with the same `key`; all or none. Of one that is there, the
    /// fields that are sent are changed if `merge`, else it is left alone. Takes the permission to create, and with
    /// `merge` the one to update too. Answers an [Upserted].
    ///
    /// @param rows by column; `id` only where it is the key, and with it the `version` that is expected
    /// @param key  the columns of a unique key, or `id`: then a row without one is added
    record UpsertRecords(List<Map<String, Object>> rows, List<String> key, boolean merge) implements Input {

        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("rows", rows, "on_conflict", key, "merge", merge);
        }
    }

    /// Rows of a file: those that can be written are, each of the others is a fault. Answers an [Imported].
    record ImportRecords(List<Map<String, @Nullable Object>> rows, ImportHandling handling) implements Input {

        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("rows", rows, "on_conflict", handling.onConflict().word(), "fast", handling.fast());
        }
    }

    /// Fields of one record; one that moved on from `version` is not overwritten, unless what others changed since are
    /// other fields and `merge` says that this is fine. Answers the row as it is then.
    record UpdateRecord(long id, OptionalInt version, Map<String, Object> changes, boolean merge) implements Input {

        public UpdateRecord(long id, OptionalInt version, Map<String, Object> changes) {
            this(id, version, changes, false);
        }

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id, "changes", changes);
        }
    }

    /// Changes to one record as a list of operations (RFC 6902) or as an object to be merged (RFC 7396), also inside
    /// lists and objects that it holds. Answers the row as it is then.
    record PatchRecord(long id, OptionalInt version, Object patch) implements Input {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id, "patch", patch);
        }
    }

    /// Fields of several records, other ones of each; all or none. Answers their rows in the same order.
    record UpdateEach(List<UpdateRecord> each) implements Input {

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return InputValues.each(each);
        }
    }

    /// Fields of every record that fits. Answers their rows.
    ///
    /// @param most more than so many are refused, all of them
    record UpdateRecords(Cond where, Map<String, Object> changes, int most) implements Input {

        public UpdateRecords(Cond where, Map<String, Object> changes) {
            this(where, changes, Integer.MAX_VALUE);
        }

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("where", InputValues.of(where), "changes", changes);
        }
    }

    /// Removes one record. Answers the row as it was.
    record DeleteRecord(long id, OptionalInt version) implements Input {

        @Override
        public Action action() {
            return Action.DELETE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id);
        }
    }

    /// Removes every record that fits. Answers the rows as they were.
    ///
    /// @param most more than so many are refused, all of them
    record DeleteRecords(Cond where, int most) implements Input {

        public DeleteRecords(Cond where) {
            this(where, Integer.MAX_VALUE);
        }

        @Override
        public Action action() {
            return Action.DELETE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("where", InputValues.of(where));
        }
    }

    /// What can be asked of a record after what was done with it, and after its deletion.
    sealed interface Life extends Input
            permits Lifecycle.History, Lifecycle.ListTrash, Lifecycle.Restore, Lifecycle.Purge, Lifecycle.EmptyTrash,
                    Lifecycle.Follow {}

    /// Runs a rule, of an app or of the platform. Answers what it answers.
    record Run(Map<String, Object> arguments) implements Input {

        @Override
        public Action action() {
            return Action.RUN;
        }

        @Override
        public Map<String, Object> values() {
            return arguments;
        }
    }

    /// The value of a constant.
    record ReadConstant() implements Input {

        @Override
        public Action action() {
            return Action.READ;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of();
        }
    }

    /// Starts a process. Answers the `UUID` of the instance.
    record Start(Map<String, Object> arguments, StartOptions options) implements Input {

        public Start(Map<String, Object> arguments) {
            this(arguments, StartOptions.NOW);
        }

        @Override
        public Action action() {
            return Action.START;
        }

        @Override
        public Map<String, Object> values() {
            return options.with(arguments);
        }
    }

    /// Draws an interface or a page. Answers a [dev.appos.api.Node].
    record Render() implements Input {

        @Override
        public Action action() {
            return Action.RENDER;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of();
        }
    }

    /// Something of the documents in a folder, or of those attached to one record. Answers as the request says.
    ///
    /// @param record the record they are attached to; empty for a folder
    record Documents(OptionalLong record, DocumentRequest request) implements Input {

        /// Adding to a record and taking from it changes the record; only removing for good needs more.
        @Override
        public Action action() {
            return record.isPresent() && request.action() == Action.CREATE ? Action.UPDATE : request.action();
        }

        @Override
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(request.values());
            record.ifPresent(id -> values.put("id", id));
            return values;
        }
    }

    /// Runs code of a process body as its step at `path`. Only the process engine asks for it. Answers what that does.
    record Step(String path, Body body) implements Input {

        /// Code of a process body.
        @FunctionalInterface
        public interface Body {

            Object run() throws Throwable;
        }

        @Override
        public Action action() {
            return Action.STEP;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("path", path);
        }
    }
}
