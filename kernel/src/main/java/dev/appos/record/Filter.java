package dev.appos.record;

import java.util.List;
import org.jooq.Condition;

/// A condition as SQL.
///
/// @param condition   over the table under [RecordTable#ALIAS]
/// @param comparisons how many comparisons it holds; none at all lets every record through
/// @param reaches     the names in it that lead to other records, still to be checked
record Filter(Condition condition, int comparisons, List<Reach> reaches) {}
