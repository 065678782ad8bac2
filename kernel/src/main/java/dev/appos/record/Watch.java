package dev.appos.record;

import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes note of who reads which record, for those types that ask for it. What is counted, summed up or embedded is no
/// record somebody looks at.
final class Watch {

    /// What the id is called in rows that are only noted by it; no author's column has such a name.
    private static final String OWN = "appos_id";

    private final RecordTable table;
    private final boolean audited;

    Watch(RecordDefinition record, RecordTable table) {
        this.table = table;
        this.audited = record.traits().auditReads();
    }

    /// Whether anybody wants to know.
    boolean needed() {
        return audited || table.events().any(Moment.ON_VIEW);
    }

    /// The same reading of one record, noted.
    Operation one(Operation reading, long id) {
        return needed() ? noted(reading, List.of(id)) : reading;
    }

    private Operation noted(Operation reading, List<Long> ids) {
        return new Operation.Read(permit -> {
            Object answer = reading.work().run(permit);
            note(permit, ids);
            return answer;
        });
    }

    /// The question with the ids of its records, whatever is selected of them.
    Query asked(Query query) {
        if (!needed() || query.select().isEmpty() || query.grouped()) {
            return query;
        }
        List<Query.Selected> select = new ArrayList<>(query.select());
        select.add(new Query.Selected.Column(RecordTable.ID, OWN, ""));
        return new Query(select, query.where(), query.order(), query.limit(), query.offset(), query.extras());
    }

    /// The same reading of many records, noted, as an answer to what was [#asked(Query)].
    Operation many(Operation reading) {
        return !needed() ? reading : new Operation.Read(permit -> {
            Object answer = reading.work().run(permit);
            if (answer instanceof Page page) {
                note(permit, page.rows().stream().map(Watch::id).filter(Objects::nonNull).toList());
            }
            return answer;
        });
    }

    private static @Nullable Long id(Map<String, Object> row) {
        Object id = row.containsKey(OWN) ? row.remove(OWN) : row.get(RecordTable.ID);
        return id instanceof Long number ? number : null;
    }

    private void note(Permit permit, List<Long> ids) {
        if (audited) {
            ReadAudit.add(permit, table, ids);
        }
        table.events().viewed(permit, ids);
    }
}
