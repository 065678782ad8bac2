package dev.appos.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Values of records, or figures of groups of records, not read yet. Each reading method is one call through the door
/// and one statement.
///
/// With a figure among the values there is one row for each group of records that agree in all the others:
/// `select(Sales::new, i -> i.customer().country(), i -> i.total().sum())` is revenue by country.
///
/// @param <X> what is made of a row
/// @param <F> the fields of the records
public final class Projection<X, F> {

    /// Makes something of three values.
    @FunctionalInterface
    public interface Of3<A, B, C, X> {
        X of(A a, B b, C c);
    }

    /// Makes something of four values.
    @FunctionalInterface
    public interface Of4<A, B, C, D, X> {
        X of(A a, B b, C c, D d);
    }

    /// Makes something of five values.
    @FunctionalInterface
    public interface Of5<A, B, C, D, E, X> {
        X of(A a, B b, C c, D d, E e);
    }

    /// Makes something of six values.
    @FunctionalInterface
    public interface Of6<A, B, C, D, E, G, X> {
        X of(A a, B b, C c, D d, E e, G g);
    }

    private final F fields;
    private final Function<Object[], X> maker;
    private final List<Answer<?>> values;
    private final Tabulation asked;

    Projection(F fields, Selection selection, Function<Object[], X> maker, List<Answer<?>> values) {
        this(fields, maker, values, new Tabulation(
                selection, values.stream().map(Answer::term).distinct().toList(), false, new Cond.And(List.of())));
    }

    private Projection(F fields, Function<Object[], X> maker, List<Answer<?>> values, Tabulation asked) {
        this.fields = fields;
        this.maker = maker;
        this.values = values;
        this.asked = asked;
    }

    /// Rows that are alike once.
    public Projection<X, F> distinct() {
        return with(asked.selection(), asked.terms(), true, asked.having());
    }

    /// Only groups that fit: `having(i -> i.total().sum().gt(1000))`.
    public Projection<X, F> having(Function<F, Cond> condition) {
        Cond wanted = condition.apply(fields);
        Set<Term> terms = new LinkedHashSet<>(asked.terms());
        named(wanted, terms);
        return with(asked.selection(), terms, asked.distinct(), asked.having().and(wanted));
    }

    private static void named(Cond cond, Set<Term> terms) {
        switch (cond) {
            case Cond.Compare compare -> terms.add(Term.named(compare.path()));
            case Cond.And and -> and.conditions().forEach(each -> named(each, terms));
            case Cond.Or or -> or.conditions().forEach(each -> named(each, terms));
            case Cond.Not not -> named(not.condition(), terms);
            case Cond.Fields _, Cond.Some _ -> throw new IllegalArgumentException(
                    "having compares figures of a group with values: having(i -> i.total().sum().gt(5))");
        }
    }

    /// Smallest first, by a value that is answered or by any other of the group.
    public Projection<X, F> orderBy(Function<F, ? extends Answer<?>> value) {
        return ordered(value.apply(fields).term(), false);
    }

    /// Greatest first, by a value that is answered or by any other of the group.
    public Projection<X, F> orderByDescending(Function<F, ? extends Answer<?>> value) {
        return ordered(value.apply(fields).term(), true);
    }

    private Projection<X, F> ordered(Term by, boolean descending) {
        Set<Term> terms = new LinkedHashSet<>(asked.terms());
        terms.add(by);
        return with(asked.selection().ordered(by.name(), descending), terms, asked.distinct(), asked.having());
    }

    /// At most so many rows.
    public Projection<X, F> limit(int count) {
        return with(asked.selection().limited(count), asked.terms(), asked.distinct(), asked.having());
    }

    /// One page of rows: `page(1, 50)` is the first.
    public Projection<X, F> page(int number, int size) {
        return with(Query.page(asked.selection(), number, size), asked.terms(), asked.distinct(), asked.having());
    }

    private Projection<X, F> with(
            Selection selection, Collection<Term> terms, boolean distinct, Cond having) {
        Tabulation next = new Tabulation(selection, List.copyOf(terms), distinct, having);
        return new Projection<>(fields, maker, values, next);
    }

    /// The rows, at most [Selection#MOST] of them.
    public List<X> list() {
        List<X> rows = new ArrayList<>();
        Door.current().tabulate(asked).forEach(row -> {
            Object[] read = new Object[values.size()];
            for (int i = 0; i < read.length; i++) {
                Answer<?> value = values.get(i);
                read[i] = value.read(row.get(value.term().name()));
            }
            rows.add(maker.apply(read));
        });
        return rows;
    }

    /// The first row, if there is one.
    public Optional<X> first() {
        return limit(1).list().stream().findFirst();
    }
}
