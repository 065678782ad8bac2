package dev.appos.record;

import static org.jooq.impl.DSL.inline;

import dev.appos.base.Refusal;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Writes a query as one statement: the records a reference leads to are joined, those that refer are JSON made by a
/// statement within. Row filters and permissions hold at every depth, for all of it goes through [Reach].
final class SelectWriter {

    /// Embedding goes no deeper.
    static final int DEEPEST = 5;

    /// More names in one selection are a mistake.
    static final int MOST = 500;

    /// More embedded records in one question are several questions.
    static final int MOST_EMBEDDED = 30;

    /// More orders than this are a mistake.
    static final int MOST_ORDERS = 20;

    static final Param<Long> LIMIT = DSL.param("limit", Long.class);
    static final Param<Long> OFFSET = DSL.param("offset", Long.class);

    private final Reach reach;
    private final Bind bind;
    private final Faults faults = new Faults();
    private final Filters filters;
    private int aliases;

    SelectWriter(Reach reach, Bind bind) {
        this.reach = reach;
        this.bind = bind;
        this.filters = new Filters(reach, false, bind, faults);
    }

    /// A statement, and what its rows become.
    record Written(Select<?> select, Map<String, Part> parts) {}

    /// @throws Refusal naming everything in the query that makes no sense
    Written write(RecordTable table, ReadStatement.Asked asked) {
        Query query = asked.query();
        checkSize(query);
        Node root = new Node(table);
        filters.absent(name -> absent(root, query, name));
        Condition where = filters.condition(table, root.alias(), query.where());
        filters.absent(_ -> Optional.empty());
        Level level = new Level(table.aliased(), where.and(reach.rows(table, root.alias(), bind)),
                query.grouped(), false);
        Select<?> select = asked.mode() == ReadStatement.Mode.COUNT
                ? count(level, root, query, asked)
                : page(level, root, query, asked);
        faults.refuse(Faults.QUERY);
        return new Written(select, root.parts());
    }

    private void checkSize(Query query) {
        if (query.select().size() > MOST) {
            faults.add("/select", "size", "must not name more than " + MOST + " columns");
        }
        if (query.order().size() > MOST_ORDERS) {
            faults.add("/order", "size", "must not name more than " + MOST_ORDERS + " columns");
        }
        faults.refuse(Faults.QUERY);
    }

    private Select<?> page(Level level, Node root, Query query, ReadStatement.Asked asked) {
        select(level, root, query);
        List<SortField<?>> order = new ArrayList<>();
        asked.search().ifPresent(search -> {
            level.and(Searches.found(root.table(), root.alias(), search, bind, faults));
            if (query.order().isEmpty() && !level.grouped()) {
                order.add(Searches.rank(root.table(), root.alias(), search, bind).desc());
            }
        });
        if (asked.mode() == ReadStatement.Mode.ONE) {
            return level.select(DSL.noCondition());
        }
        order.addAll(order(level, root, query));
        Condition having = new Groups(root.outputs(), bind, faults).having(query.extras().having());
        return level.step(having).orderBy(order).limit(LIMIT).offset(OFFSET);
    }

    private Select<?> count(Level level, Node root, Query query, ReadStatement.Asked asked) {
        asked.search().ifPresent(search ->
                level.and(Searches.found(root.table(), root.alias(), search, bind, faults)));
        if (level.grouped()) {
            select(level, root, query);
            Condition having = new Groups(root.outputs(), bind, faults).having(query.extras().having());
            return DSL.selectCount().from(level.select(having).asTable("g"));
        }
        required(root, query).forEach(each -> level.and(each));
        root.parts().put("count", new Part.One(Groups.COUNT, 1));
        return level.count();
    }

    private void select(Level level, Node node, Query query) {
        List<Selected> wanted = query.select().isEmpty() ? List.of(new Selected.Column("*")) : query.select();
        for (Selected selected : wanted) {
            switch (selected) {
                case Selected.Column(String name, String _, String _) when name.equals("*") ->
                    node.table().columns().forEach(column -> one(level, node, Operand.of(column, node.alias())));
                case Selected.Column column -> column(level, node, column);
                case Selected.Call call -> call(level, node, call);
                case Selected.Embed embed -> embed(level, node, embed);
            }
            if (level.width() > MOST) {
                throw Refusal.tooLarge("The selection names more than " + MOST + " columns.", "Select fewer.");
            }
        }
    }

    private void column(Level level, Node node, Selected.Column column) {
        if (!column.name().isEmpty()) {
            operand(node, column.name(), column.cast())
                    .ifPresent(operand -> one(level, node, operand.named(column.alias())));
        }
    }

    private void one(Level level, Node node, Operand operand) {
        String name = operand.type().name();
        if (!node.parts().containsKey(name)) {
            node.parts().put(name, new Part.One(operand.type(), level.add(Part.shown(operand, level.json()), false)));
            node.outputs().put(name, operand);
        }
    }

    private void call(Level level, Node node, Selected.Call call) {
        Optional<Operand> of = call.column().isEmpty()
                ? Optional.empty() : operand(node, call.column(), "");
        if (of.isEmpty() && !call.column().isEmpty()) {
            return;
        }
        try {
            Operand made = Groups.call(call, of);
            Operand cast = call.cast().isEmpty() ? made : made.as(call.cast());
            if (cast == null) {
                faults.add(node.pointer(call.column()), "cast", "cannot be answered as " + call.cast());
                return;
            }
            String name = call.alias().isEmpty() ? made.type().name() : call.alias();
            if (node.parts().containsKey(name)) {
                faults.add(node.pointer(name), "twice", "stands in the answer twice; give one another name");
                return;
            }
            int place = level.add(Part.shown(cast, level.json()), call.function().aggregate());
            node.parts().put(name, new Part.One(cast.type(), place));
            node.outputs().put(name, cast);
        } catch (IllegalArgumentException e) {
            faults.add(node.pointer(call.column()), "type", String.valueOf(e.getMessage()));
        }
    }

    /// What a path in a selection or an order names; nothing if that is a fault, which is kept.
    private Optional<Operand> operand(Node node, String path, String cast) {
        try {
            Optional<Operand> found = Operand.find(node.table(), node.alias(), path);
            if (found.isEmpty()) {
                faults.add(Faults.unknown(node.table(), node.path() + path, Operand.column(path)));
                return found;
            }
            Operand operand = cast.isEmpty() ? found.get() : found.get().as(cast);
            if (operand == null) {
                faults.add(node.pointer(path), "cast", "cannot be answered as " + cast);
            }
            return Optional.ofNullable(operand);
        } catch (IllegalArgumentException e) {
            faults.add(node.pointer(path), "type", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void embed(Level level, Node node, Selected.Embed embed) {
        Optional<Link> found = link(node, embed);
        if (found.isEmpty()) {
            return;
        }
        Link link = found.get();
        String name = embed.alias().isEmpty() ? embed.name() : embed.alias();
        if (node.parts().containsKey(name)) {
            faults.add(node.pointer(name), "twice", "must be selected once, with all its columns");
        } else if (link.many() && (embed.spread() || level.grouped())) {
            faults.add(node.pointer(name), "many", embed.spread()
                    ? "are many, so their columns cannot stand in one row"
                    : "are many, so they cannot be embedded beside an aggregate");
        } else if (link.many()) {
            many(level, node, embed, link, name);
        } else {
            joined(level, node, embed, link, name);
        }
    }

    private void joined(Level level, Node node, Selected.Embed embed, Link link, String name) {
        String alias = "e" + ++aliases;
        Map<String, Part> parts = embed.spread() ? node.parts() : new LinkedHashMap<>();
        Node child = node.embedded(link.target(), alias, parts, embed.name());
        Condition on = within(node, embed, link, child);
        level.join(link.target().table().as(alias), on);
        Field<Object> id = link.target().known(RecordTable.ID).in(alias);
        int place = embed.spread() ? 0 : level.add(id, false);
        if (embed.inner()) {
            level.and(id.isNotNull());
        }
        node.joined().put(name, child);
        if (embed.query().grouped() && !embed.spread()) {
            faults.add(node.pointer(name), "aggregate", "is one record, so there is nothing to put together");
            return;
        }
        select(level, child, embed.query());
        if (embed.spread()) {
            node.outputs().putAll(child.outputs());
        } else if (!parts.isEmpty()) {
            node.parts().put(name, new Part.Nested(place, parts));
        }
    }

    private void many(Level level, Node node, Selected.Embed embed, Link link, String name) {
        String alias = "e" + ++aliases;
        Node child = node.embedded(link.target(), alias, new LinkedHashMap<>(), embed.name());
        Query query = embed.query();
        Level inner = new Level(
                link.target().table().as(alias), within(node, embed, link, child), query.grouped(), true);
        select(inner, child, query);
        if (child.parts().isEmpty()) {
            required(level, node, embed);
            return;
        }
        Select<?> rows = inner.step(DSL.noCondition())
                .orderBy(order(inner, child, query))
                .limit(inline((long) Math.min(query.limit(), Query.LARGEST_PAGE)))
                .offset(inline(query.offset()));
        Field<String> json = DSL.field(
                level.json() ? "(select json_agg({0}) from ({1}) {0})" : "(select json_agg({0})::text from ({1}) {0})",
                String.class, DSL.name("j" + aliases), rows);
        node.parts().put(name, new Part.Many(level.add(json, false), child.parts()));
        required(level, node, embed);
    }

    private void required(Level level, Node node, Selected.Embed embed) {
        if (embed.inner()) {
            level.and(exists(node, embed));
        }
    }

    /// What must hold for a record to be embedded: it belongs, it exists for the caller, it fits, and so do those it
    /// must have.
    private Condition within(Node node, Selected.Embed embed, Link link, Node child) {
        Condition on = link.on(reach, bind, node.table(), node.alias(), child.alias())
                .and(reach.rows(link.target(), child.alias(), bind))
                .and(filters.condition(link.target(), child.alias(), embed.query().where()));
        for (Condition each : required(child, embed.query())) {
            on = on.and(each);
        }
        return on;
    }

    private List<Condition> required(Node node, Query query) {
        List<Condition> conditions = new ArrayList<>();
        for (Selected selected : query.select()) {
            if (selected instanceof Selected.Embed embed && embed.inner()) {
                conditions.add(exists(node, embed));
            }
        }
        return conditions;
    }

    private Condition exists(Node node, Selected.Embed embed) {
        return link(node, embed).map(link -> {
            Node child = node.embedded(link.target(), "e" + ++aliases, new LinkedHashMap<>(), embed.name());
            return DSL.exists(DSL.selectOne()
                    .from(link.target().table().as(child.alias()))
                    .where(within(node, embed, link, child)));
        }).orElse(DSL.falseCondition());
    }

    private Optional<Condition> absent(Node root, Query query, String name) {
        return query.select().stream()
                .filter(Selected.Embed.class::isInstance).map(Selected.Embed.class::cast)
                .filter(embed -> name.equals(embed.alias().isEmpty() ? embed.name() : embed.alias()))
                .findFirst()
                .map(embed -> exists(root, embed).not());
    }

    private Optional<Link> link(Node node, Selected.Embed embed) {
        if (node.depth() >= DEEPEST || aliases > MOST_EMBEDDED) {
            throw Refusal.tooLarge(
                    "The selection embeds more than " + DEEPEST + " deep or " + MOST_EMBEDDED + " times.",
                    "Ask in several steps.");
        }
        try {
            Optional<Link> link = Link.find(reach, node.table(), embed.name(), embed.hint());
            if (link.isEmpty()) {
                faults.add(Faults.unknown(node.table(), node.path() + embed.name(), embed.name()));
            }
            return link;
        } catch (IllegalArgumentException e) {
            faults.add(node.pointer(embed.name()), "ambiguous", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// By these, then by id, so that pages neither repeat nor skip a record.
    private List<SortField<?>> order(Level level, Node node, Query query) {
        List<SortField<?>> order = new ArrayList<>();
        for (Query.Sort sort : query.order()) {
            Operand operand = ordered(level, node, sort.path());
            if (operand != null) {
                // PostgreSQL puts nulls last ascending and first descending, and its indexes do so too.
                SortField<?> field = sort.descending() ? operand.field().desc() : operand.field().asc();
                order.add(switch (sort.nulls()) {
                    case USUAL -> field;
                    case FIRST -> field.nullsFirst();
                    case LAST -> field.nullsLast();
                });
            }
        }
        if (level.grouped()) {
            level.groups().forEach(group -> order.add(group.asc()));
        } else {
            order.add(node.table().known(RecordTable.ID).in(node.alias()).asc());
        }
        return order;
    }

    private @Nullable Operand ordered(Level level, Node node, String path) {
        int dot = Operand.column(path).indexOf('.');
        Node embedded = dot < 0 ? null : node.joined().get(path.substring(0, dot));
        Operand output = node.outputs().get(path);
        if (level.grouped() && output == null) {
            faults.add(node.pointer(path), "unknown", "is not in the answer, and groups can only be ordered by that");
            return null;
        }
        if (embedded != null) {
            return operand(embedded, path.substring(dot + 1), "").orElse(null);
        }
        boolean named = output != null && (level.grouped() || node.table().column(Operand.column(path)) == null);
        return named ? output : operand(node, path, "").orElse(null);
    }
}
