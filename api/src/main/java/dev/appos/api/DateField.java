package dev.appos.api;

import java.time.LocalDate;
import java.time.YearMonth;

/// A date in a query.
public final class DateField extends OrderedField<LocalDate> {

    public DateField(String path) {
        super(path);
    }

    /// Any day of that year.
    public Cond inYear(int year) {
        return between(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    /// Any day of that month, counted from 1.
    public Cond inMonth(int year, int month) {
        YearMonth wanted = YearMonth.of(year, month);
        return between(wanted.atDay(1), wanted.atEndOfMonth());
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
}
