package dev.appos.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// A moment in a query. Days, months and years are those of UTC.
public final class InstantField extends OrderedField<Instant> {

    public InstantField(String path) {
        super(path);
    }

    /// Any moment of that day.
    public Cond on(LocalDate day) {
        return within(day, day.plusDays(1));
    }

    /// Any moment of that month, counted from 1.
    public Cond inMonth(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        return within(first, first.plusMonths(1));
    }

    /// Any moment of that year.
    public Cond inYear(int year) {
        return within(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
    }

    private Cond within(LocalDate from, LocalDate before) {
        return gte(from.atStartOfDay(ZoneOffset.UTC).toInstant())
                .and(lt(before.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    /// The first day of the year, to group by.
    public Answer<LocalDate> year() {
        return new Answer<>(new Term(Term.Kind.YEAR, path()));
    }

    /// The first day of the quarter, to group by.
    public Answer<LocalDate> quarter() {
        return new Answer<>(new Term(Term.Kind.QUARTER, path()));
    }

    /// The first day of the month, to group by.
    public Answer<LocalDate> month() {
        return new Answer<>(new Term(Term.Kind.MONTH, path()));
    }

    /// The Monday of the week, to group by.
    public Answer<LocalDate> week() {
        return new Answer<>(new Term(Term.Kind.WEEK, path()));
    }

    /// The day, to group by.
    public Answer<LocalDate> day() {
        return new Answer<>(new Term(Term.Kind.DAY, path()));
    }
}
