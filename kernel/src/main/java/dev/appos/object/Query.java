package dev.appos.object;

import dev.appos.api.Cond;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a list of records shows: columns, condition, order, page; and the same of embedded records.
///
/// @param select what of each record; empty is every column. With an aggregate in it, one row a group of equal columns
/// @param where  the condition, over columns and, with dots, columns of referenced records
/// @param order  by these, then by id
/// @param limit  the most records, at most [#LARGEST_PAGE]
/// @param offset how many to pass over
/// @param extras what few lists ask for
public record Query(
        List<Selected> select, Cond where, List<Sort> order, int limit, long offset, Extras extras) {

    /// More rows belong on the next page.
    public static final int LARGEST_PAGE = 10_000;

    /// Every record.
    public static final Cond ALL = new Cond.And(List.of());

    public Query {
        select = List.copyOf(select);
        order = List.copyOf(order);
    }

    /// A page.
    ///
    /// @param total whether the number of all that fit is wanted too
    public Query(List<Selected> select, Cond where, List<Sort> order, int limit, long offset, boolean total) {
        this(select, where, order, limit, offset, total ? Extras.COUNTED : Extras.NONE);
    }

    /// The first `limit` records in the order of their ids.
    public static Query first(int limit) {
        return new Query(List.of(), ALL, List.of(), limit, 0, false);
    }

    /// One order.
    ///
    /// @param path a column, a path into its JSON, a column of an embedded record with a dot, or a name in the answer
    public record Sort(String path, boolean descending, Nulls nulls) {

        /// Smallest or greatest first, with what is empty where PostgreSQL puts it.
        public Sort(String path, boolean descending) {
            this(path, descending, Nulls.USUAL);
        }
    }

    /// Where rows without a value stand: usually last ascending and first descending.
    public enum Nulls { USUAL, FIRST, LAST }

    /// How many records fit in all.
    public enum Count {
        /// Not wanted.
        NONE,
        /// To the last one.
        EXACT,
        /// As PostgreSQL expects it, without counting. Who does not see every row gets it exactly.
        PLANNED,
        /// Exactly if there are few, as expected if there are many.
        ESTIMATED
    }

    /// What few lists ask for.
    ///
    /// @param count  whether the number of all that fit is wanted
    /// @param after  the cursor after which the page begins; an empty one begins at the start, none asks for no cursor
    /// @param search words to be found in the search fields, best first; empty for no search
    /// @param having the condition on groups, over the names in the answer
    public record Extras(Count count, Optional<String> after, String search, Cond having) {

        /// Nothing of it.
        public static final Extras NONE = new Extras(Count.NONE, Optional.empty(), "", ALL);

        /// An exact count.
        public static final Extras COUNTED = new Extras(Count.EXACT, Optional.empty(), "", ALL);
    }

    /// A part of each record in the answer.
    public sealed interface Selected {

        /// The name in the answer.
        default String called() {
            return switch (this) {
                case Column(String name, String alias, String _) ->
                    alias.isEmpty() ? name.substring(name.lastIndexOf('>') + 1) : alias;
                case Call(Function function, String _, String alias, String _) ->
                    alias.isEmpty() ? function.name().toLowerCase(Locale.ROOT) : alias;
                case Embed embed -> embed.alias().isEmpty() ? embed.name() : embed.alias();
            };
        }

        /// A column of the record itself.
        ///
        /// @param name  the column, or a path into its JSON: `data->address->>city`; `*` is every column
        /// @param alias the name in the answer; empty is its own
        /// @param cast  the type it is answered as, by PostgreSQL's name; empty is its own
        record Column(String name, String alias, String cast) implements Selected {

            public Column(String name) {
                this(name, "", "");
            }
        }

        /// Something computed of a column.
        ///
        /// @param column the column, or a path into its JSON; empty for a count of rows
        record Call(Function function, String column, String alias, String cast) implements Selected {}

        /// Records that belong to the record: the one a reference leads to, or those that refer to it.
        ///
        /// @param name   of the reference without `_id`, of the records that refer, or of those linked through others
        /// @param alias  the name in the answer; empty is its own
        /// @param hint   the reference meant where several would do; empty if only one does
        /// @param inner  whether only records are answered that have one
        /// @param spread whether its columns stand among those of the record
        /// @param query  what of them, which, in which order, how many
        record Embed(String name, String alias, String hint, boolean inner, boolean spread, Query query)
                implements Selected {

            /// These columns of the record a reference leads to; none is all.
            public Embed(String name, List<String> columns) {
                this(name, "", "", false, false, first(LARGEST_PAGE).selecting(columns));
            }
        }
    }

    /// What is computed of a column: of those of a group together, or of each.
    public enum Function {
        COUNT, SUM, AVG, MIN, MAX,
        /// The beginning of the span of time a date or instant lies in, in UTC.
        YEAR, QUARTER, MONTH, WEEK, DAY, HOUR;

        /// Whether it makes one value of many.
        public boolean aggregate() {
            return compareTo(MAX) <= 0;
        }
    }

    /// Whether rows are put together into groups.
    public boolean grouped() {
        return select.stream().anyMatch(each -> each instanceof Selected.Call call && call.function().aggregate()
                || each instanceof Selected.Embed embed && embed.spread() && embed.query().grouped());
    }

    /// The same over every record that also fits this.
    public Query and(Cond condition) {
        Cond both = where.equals(ALL) ? condition : where.and(condition);
        return condition.equals(ALL) ? this : new Query(select, both, order, limit, offset, extras);
    }

    private Query selecting(List<String> columns) {
        return new Query(
                columns.stream().flatMap(name -> Stream.<Selected>of(new Selected.Column(name))).toList(),
                where, order, limit, offset, extras);
    }
}
