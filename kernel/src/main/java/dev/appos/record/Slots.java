package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Compare;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The comparisons of one call in an order that depends on nothing but its form, and the form itself: what a statement
/// can be kept under, to be run again with other values.
final class Slots {

    private final List<Compare> compares = new ArrayList<>();

    List<Compare> compares() {
        return compares;
    }

    /// A query without its values.
    Query form(Query query) {
        List<Selected> select = query.select();
        for (int i = 0; i < select.size(); i++) {
            if (select.get(i) instanceof Selected.Embed) {
                select = select.stream().map(this::form).toList();
                break;
            }
        }
        Query.Extras extras = query.extras();
        Query.Extras plain = extras.equals(Query.Extras.NONE) ? extras : new Query.Extras(
                Query.Count.NONE, extras.after().map(_ -> ""), "", form(extras.having()));
        return new Query(select, form(query.where()), query.order(), query.limit(), 0, plain);
    }

    private Selected form(Selected selected) {
        return selected instanceof Selected.Embed embed
                ? new Selected.Embed(embed.name(), embed.alias(), embed.hint(), embed.inner(), embed.spread(),
                        form(embed.query()))
                : selected;
    }

    /// A condition without its values: what its SQL looks like.
    Cond form(Cond cond) {
        return switch (cond) {
            case Cond.And and when and.conditions().isEmpty() -> and;
            case Cond.And and -> new Cond.And(forms(and.conditions()));
            case Cond.Or or -> new Cond.Or(forms(or.conditions()));
            case Cond.Not not -> new Cond.Not(form(not.condition()));
            case Cond.Fields two -> two;
            case Cond.Some some -> new Cond.Some(some.path(), some.ref(), some.column(), form(some.where()));
            case Compare compare -> {
                compares.add(compare);
                yield new Compare(compare.path(), compare.operator(), form(compare));
            }
        };
    }

    private List<Cond> forms(List<Cond> conditions) {
        List<Cond> forms = new ArrayList<>(conditions.size());
        conditions.forEach(each -> forms.add(form(each)));
        return forms;
    }

    private static Object form(Compare compare) {
        return switch (compare.operator()) {
            case EQ, NE, GT, GTE, LT, LTE, LIKE, ILIKE, MATCH, IMATCH, CONTAINS, CONTAINED, OVERLAPS -> "some";
            case IN -> compare.value() instanceof Collection<?> list && list.isEmpty() ? "none" : "some";
            // A word of the statement, not a value.
            case IS -> String.valueOf(compare.value());
            case FTS, PLFTS, PHFTS, WFTS ->
                compare.value() instanceof List<?> parts && !parts.isEmpty() ? parts.getFirst() : "";
        };
    }
}
