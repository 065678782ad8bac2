package dev.appos.record;

import dev.appos.api.Cond;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Full-text search over the search fields of a record.
final class Searches {

    /// The path of a comparison with all search fields together.
    static final String ALL = "*";

    private static final String USUAL_LANGUAGE = "simple";

    private Searches() {}

    /// The comparison that words are found by; nothing if there are none.
    ///
    /// @param words as written: `english:words` names the language
    static Optional<Cond.Compare> of(String words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        int colon = words.indexOf(':');
        boolean named = colon > 0 && Comparison.LANGUAGES.contains(words.substring(0, colon));
        return Optional.of(new Cond.Compare(ALL, Cond.Operator.WFTS, List.of(
                named ? words.substring(0, colon) : USUAL_LANGUAGE, named ? words.substring(colon + 1) : words)));
    }

    static Condition found(RecordTable table, String alias, Cond.Compare search, Bind bind, Faults faults) {
        if (table.search().isEmpty()) {
            faults.add("/search", "unknown", "is not possible: " + table.word() + " has no search fields");
            return DSL.falseCondition();
        }
        try {
            return Comparison.of(operand(table, alias), search, bind);
        } catch (IllegalArgumentException e) {
            faults.add("/search", "type", String.valueOf(e.getMessage()));
            return DSL.falseCondition();
        }
    }

    /// How well a row fits.
    static Field<?> rank(RecordTable table, String alias, Cond.Compare search, Bind bind) {
        Operand text = operand(table, alias);
        Object value = Comparison.value(text.type(), search);
        return DSL.field("ts_rank(to_tsvector({0}::regconfig, {1}), websearch_to_tsquery({0}::regconfig, {2}))",
                Object.class,
                DSL.inline(Comparison.language(search)),
                text.field(),
                bind.value(text.type(), search, String.valueOf(value), text.type().dataType()));
    }

    private static Operand operand(RecordTable table, String alias) {
        Field<Object> all = null;
        for (String name : table.search()) {
            Field<Object> next = DSL.field("coalesce({0}, '')", Object.class, table.known(name).in(alias));
            all = all == null ? next : DSL.field("{0} || ' ' || {1}", Object.class, all, next);
        }
        return new Operand(Column.system(ALL, ValueType.TEXT), all);
    }
}
