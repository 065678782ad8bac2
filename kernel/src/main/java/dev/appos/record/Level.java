package dev.appos.record;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.GroupField;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// One statement in the making, or one within another.
final class Level {

    private final List<Field<?>> fields = new ArrayList<>();
    private final List<Field<?>> groups = new ArrayList<>();
    private final boolean grouped;
    private final boolean json;
    private Table<?> from;
    private Condition where;

    /// @param grouped whether rows are put together
    /// @param json    whether its rows become JSON objects of values by place
    Level(Table<?> from, Condition where, boolean grouped, boolean json) {
        this.from = from;
        this.where = where;
        this.grouped = grouped;
        this.json = json;
    }

    boolean grouped() {
        return grouped;
    }

    boolean json() {
        return json;
    }

    /// What its rows are put together by.
    List<Field<?>> groups() {
        return groups;
    }

    int width() {
        return fields.size();
    }

    /// Adds to the result and answers the place, counted from 1.
    int add(Field<?> field, boolean aggregate) {
        fields.add(json ? field.as(String.valueOf(fields.size() + 1)) : field);
        if (grouped && !aggregate) {
            groups.add(field);
        }
        return fields.size();
    }

    void join(Table<?> table, Condition on) {
        from = from.leftJoin(table).on(on);
    }

    void and(Condition condition) {
        where = where.and(condition);
    }

    /// The statement without order and page.
    Select<?> select(Condition having) {
        return step(having);
    }

    SelectHavingStep<?> step(Condition having) {
        SelectConditionStep<?> select =
                DSL.select(fields.isEmpty() ? List.of(DSL.inline(1)) : fields).from(from).where(where);
        if (!grouped) {
            return select;
        }
        List<GroupField> by = List.copyOf(groups);
        return (SelectHavingStep<?>) (by.isEmpty() ? select : select.groupBy(by)).having(having);
    }

    /// How many rows there are, without regard to groups.
    Select<?> count() {
        return DSL.selectCount().from(from).where(where);
    }
}
