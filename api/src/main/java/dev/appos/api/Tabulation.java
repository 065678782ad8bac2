package dev.appos.api;

import java.util.List;

/// Which values a query answers instead of whole records, as data. With a figure among them it answers one row for each
/// group of records that agree in all the others.
///
/// @param selection of which records; its order names terms
/// @param distinct  whether rows that are alike are answered once
/// @param having    which groups: a condition over the names of terms
public record Tabulation(Selection selection, List<Term> terms, boolean distinct, Cond having) {

    public Tabulation {
        terms = List.copyOf(terms);
    }
}
