package dev.appos.record;

import org.jooq.Condition;

/// A condition as SQL, with all that narrows it to what the caller may see.
///
/// @param condition   over the table under [RecordTable#ALIAS]
/// @param comparisons how many comparisons the caller made; none at all lets every record through that he may see
record Filter(Condition condition, int comparisons) {}
