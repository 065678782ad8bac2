package dev.appos.object;

import dev.appos.api.Cond;
import dev.appos.api.Selection.Order;
import java.util.List;

/// What a list of records shows: columns, condition, order, page.
///
/// @param select what of each record; empty is every column
/// @param where  the condition, over columns and, with dots, columns of referenced records
/// @param order  by these, then by id
/// @param limit  the most records, at most [#LARGEST_PAGE]
/// @param offset how many to pass over
/// @param total  whether the number of all that fit is wanted too
public record Query(List<Selected> select, Cond where, List<Order> order, int limit, long offset, boolean total) {

    /// More rows belong on the next page.
    public static final int LARGEST_PAGE = 10_000;

    /// Every record.
    public static final Cond ALL = new Cond.And(List.of());

    /// A part of each record in the answer.
    public sealed interface Selected {

        /// A column of the record itself.
        record Column(String name) implements Selected {}

        /// The record a reference leads to, with these of its columns (empty: all), under the reference's name.
        record Embed(String name, List<String> columns) implements Selected {

            public Embed {
                columns = List.copyOf(columns);
            }
        }
    }

    public Query {
        select = List.copyOf(select);
        order = List.copyOf(order);
    }

    /// The first `limit` records in the order of their ids.
    public static Query first(int limit) {
        return new Query(List.of(), ALL, List.of(), limit, 0, false);
    }
}
