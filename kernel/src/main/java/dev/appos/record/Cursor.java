package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import dev.appos.object.Query.Sort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A page that begins behind the last row of the one before: stable while rows come and go, and as quick for the last
/// page as for the first. The cursor holds what the last row had in the columns of the order.
final class Cursor {

    /// What the columns of the order are answered as, to be taken out again.
    private static final String HIDDEN = "~";

    private static final int LONGEST = 10_000;

    private final Query wanted;
    private final List<Sort> order;
    private final Query query;

    /// @param after the cursor, empty for the first page
    /// @throws Refusal if the query has no order that can be gone on with, or the cursor is of another one
    Cursor(RecordTable table, Query wanted, String after) {
        boolean possible = !wanted.grouped() && wanted.offset() == 0 && wanted.extras().search().isEmpty();
        List<Sort> sorts = new ArrayList<>(wanted.order());
        if (sorts.stream().noneMatch(sort -> sort.path().equals(RecordTable.ID))) {
            sorts.add(new Sort(RecordTable.ID, false));
        }
        Faults faults = new Faults();
        for (Sort sort : sorts) {
            Column column = table.column(sort.path());
            if (column == null) {
                faults.add(Faults.unknown(table, sort.path(), sort.path()));
            } else if (column.type().json()) {
                faults.add(Faults.pointer(sort.path()), "type", "has no order a cursor could go on in");
            }
        }
        faults.refuse(Faults.QUERY);
        if (!possible) {
            throw Refusal.malformed(
                    "A cursor goes with neither offset nor search nor aggregates.",
                    "Leave them out, or leave out after.");
        }
        this.wanted = wanted;
        this.order = sorts;
        List<Selected> select = new ArrayList<>(
                wanted.select().isEmpty() ? List.of(new Selected.Column("*")) : wanted.select());
        for (int i = 0; i < sorts.size(); i++) {
            select.add(new Selected.Column(sorts.get(i).path(), HIDDEN + i, ""));
        }
        Query all = new Query(select, wanted.where(), wanted.order(), wanted.limit(), 0, wanted.extras());
        this.query = after.isEmpty() ? all : all.and(behind(table, read(after)));
    }

    /// The query of this page.
    Query query() {
        return query;
    }

    private List<Object> read(String after) {
        try {
            if (after.length() <= LONGEST) {
                List<Object> values = Json.array(Json.read(Base64.getUrlDecoder().decode(after)), "The cursor");
                if (values.size() == order.size() + 1 && values.getLast().equals(form())) {
                    return values;
                }
            }
        } catch (IllegalArgumentException | Refusal _) {
            // Refused below like a cursor of another query.
        }
        throw Refusal.malformed(
                "The cursor is not one of this order.", "Follow the link of the page before, or begin with after=.");
    }

    /// The order a cursor belongs to.
    private String form() {
        StringBuilder form = new StringBuilder();
        order.forEach(sort -> form.append(sort.path()).append(sort.descending() ? '-' : '+').append(
                sort.nulls().ordinal()));
        return form.toString();
    }

    /// What holds for rows behind the one with these values: they differ from it first in one column, and there lie
    /// behind it.
    private Cond behind(RecordTable table, List<Object> values) {
        List<Cond> ways = new ArrayList<>();
        List<Cond> same = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Sort sort = order.get(i);
            Object value = values.get(i);
            Optional<Cond> later = later(table, sort, value);
            if (later.isPresent()) {
                List<Cond> way = new ArrayList<>(same);
                way.add(later.get());
                ways.add(new Cond.And(way));
            }
            same.add(new Cond.Compare(sort.path(), value == null ? Operator.IS : Operator.EQ, value));
        }
        Cond any = new Cond.Or(ways);
        Sort first = order.getFirst();
        boolean bounded = values.getFirst() != null && !nullable(table, first);
        // Said once more in a form that an index can begin at.
        return bounded
                ? new Cond.Compare(first.path(), first.descending() ? Operator.LTE : Operator.GTE, values.getFirst())
                        .and(any)
                : any;
    }

    private static Optional<Cond> later(RecordTable table, Sort sort, @Nullable Object value) {
        boolean nullsLast = switch (sort.nulls()) {
            case USUAL -> !sort.descending();
            case FIRST -> false;
            case LAST -> true;
        };
        Cond empty = new Cond.Compare(sort.path(), Operator.IS, null);
        if (value == null) {
            return nullsLast ? Optional.empty() : Optional.of(empty.not());
        }
        Cond beyond = new Cond.Compare(sort.path(), sort.descending() ? Operator.LT : Operator.GT, value);
        return Optional.of(nullsLast && nullable(table, sort) ? beyond.or(empty) : beyond);
    }

    private static boolean nullable(RecordTable table, Sort sort) {
        return table.known(sort.path()).field().map(field -> !field.required()).orElse(false);
    }

    /// Takes out of the rows what is not the caller's, and answers the cursor behind the last if more may follow.
    Optional<String> next(List<Map<String, @Nullable Object>> rows) {
        Optional<String> next = Optional.empty();
        if (!rows.isEmpty() && rows.size() == wanted.limit()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                values.add(rows.getLast().get(HIDDEN + i));
            }
            values.add(form());
            byte[] json = Json.write(Plain.of(values)).getBytes(StandardCharsets.UTF_8);
            next = Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(json));
        }
        for (Map<String, @Nullable Object> row : rows) {
            row.keySet().removeIf(name -> name.startsWith(HIDDEN));
        }
        return next;
    }
}
