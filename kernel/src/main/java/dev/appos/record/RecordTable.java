package dev.appos.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Origin;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What is known of a record's table before any call: made once for a definition, used by every call on it.
///
/// It does not hold on to the definition, which is the key it is kept under.
final class RecordTable {

    /// The alias of the table in statements that read.
    static final String ALIAS = "t";

    static final String ID = "id";
    static final String VERSION = "version";

    /// When a record was put in the trash; empty for those that are not there.
    static final String DELETED_AT = "deleted_at";

    static final String DELETED_BY = "deleted_by";

    /// With which deletion it was; what went together comes back together. Not shown.
    static final Field<String> DELETED_IN = DSL.field(DSL.name("deleted_in"), String.class);

    /// Selections beyond these are written out at each call: callers make up as many as they like.
    private static final int MOST_STATEMENTS = 200;

    private final Ref ref;
    private final Table<Record> table;
    private final Table<Record> aliased;
    private final Optional<Table<Record>> audit;
    private final boolean soft;
    private final Events events;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> embeds = new LinkedHashMap<>();
    private final List<Field<Object>> all = new ArrayList<>();
    private final List<Field<Object>> allAliased = new ArrayList<>();
    private final List<Column> fields;
    private final Map<String, Relation> links = new LinkedHashMap<>();
    private final List<List<String>> together;
    private final List<Column> madeOnCreation;
    private final List<Column> timed;
    private final List<List<String>> keys = new ArrayList<>();
    private final Map<List<String>, InsertStatement> inserts = new ConcurrentHashMap<>();
    private final Cache<ReadStatement.Key, ReadStatement> statements =
            Caffeine.newBuilder().maximumSize(MOST_STATEMENTS).build();
    private final Cache<ReadStatement.Asked, List<Ref>> touched =
            Caffeine.newBuilder().maximumSize(MOST_STATEMENTS).build();
    private final List<String> search;
    private final RecordTable whole;
    private final Set<String> hidden;

    /// By what it leaves out: as many as there are mixtures of groups that see different fields.
    private final Map<Set<String>, RecordTable> narrower = new ConcurrentHashMap<>();

    RecordTable(RecordDefinition record) {
        this(record, null, Set.of());
    }

    private RecordTable(RecordDefinition record, @Nullable RecordTable whole, Set<String> hidden) {
        this.whole = whole == null ? this : whole;
        this.hidden = hidden;
        this.ref = record.ref();
        this.table = DSL.table(DSL.name(ref.app(), record.plural()));
        this.aliased = table.as(ALIAS);
        this.audit = record.audit()
                ? Optional.of(DSL.table(DSL.name(ref.app(), SqlNames.audit(record))))
                : Optional.empty();
        this.search = record.search();
        this.soft = record.traits().softDelete();
        this.fields = record.fields().stream().map(Column::of).toList();
        this.together = record.keys().together();
        this.madeOnCreation = fields.stream().filter(column -> column.origin() instanceof Origin.Moment
                || column.origin() instanceof Origin.Running).toList();
        this.timed = fields.stream()
                .filter(column -> column.field().flatMap(field -> field.limits().tense()).isPresent()).toList();
        add(Column.system(ID, ValueType.LONG));
        add(Column.system(VERSION, ValueType.INTEGER));
        fields.forEach(this::add);
        add(Column.system("created_at", ValueType.INSTANT));
        add(Column.system("created_by", ValueType.TEXT));
        add(Column.system("updated_at", ValueType.INSTANT));
        add(Column.system("updated_by", ValueType.TEXT));
        if (soft) {
            add(Column.system(DELETED_AT, ValueType.INSTANT));
            add(Column.system(DELETED_BY, ValueType.TEXT));
        }
        record.relations().stream()
                .filter(relation -> relation.links().map(Relation.Links::owned).orElse(false))
                .forEach(relation -> links.put(relation.name(), relation));
        record.fields().forEach(field -> field.target().ifPresent(target -> embeds.put(target.embed(), field)));
        record.fields().stream().filter(FieldDefinition::unique).forEach(field -> keys.add(List.of(field.name())));
        keys.addAll(record.unique());
        keys.add(List.of(ID));
        this.events = whole == null ? new Events(this, record.events()) : whole.events;
    }

    private void add(Column column) {
        columns.put(column.name(), column);
        all.add(column.bare());
        allAliased.add(column.in(ALIAS));
    }

    Ref ref() {
        return ref;
    }

    /// The record in a sentence: `media type`.
    String word() {
        return ref.name().replace('_', ' ');
    }

    /// One record in a sentence: `customer 5`.
    String one(long id) {
        return word() + " " + id;
    }

    /// The table by its name, for statements that write.
    Table<Record> table() {
        return table;
    }

    /// The table under [#ALIAS], for statements that read.
    Table<Record> aliased() {
        return aliased;
    }

    /// Where changes are kept field by field, if they are.
    Optional<Table<Record>> audit() {
        return audit;
    }

    /// What is to be done before and after its rows are written.
    Events events() {
        return events;
    }

    /// Whether deleted records go to the trash first.
    boolean soft() {
        return soft;
    }

    /// Whether a row of the table, by its name, is not in the trash.
    Condition alive() {
        return soft ? known(DELETED_AT).bare().isNull() : DSL.noCondition();
    }

    /// Whether a row of the table under this alias is not in the trash.
    Condition alive(String alias) {
        return soft ? known(DELETED_AT).in(alias).isNull() : DSL.noCondition();
    }

    @Nullable Column column(String name) {
        return columns.get(name);
    }

    Column known(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name + " in " + ref);
        }
        return column;
    }

    /// Every column, in the order of answers.
    List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /// The columns of the author's fields.
    List<Column> fields() {
        return fields;
    }

    /// The links that are written with a record, by the names under which they are.
    Map<String, Relation> links() {
        return links;
    }

    /// The columns of which the platform knows the value when a record is created.
    List<Column> madeOnCreation() {
        return madeOnCreation;
    }

    /// Whether new records take numbers, which they give back if they are not kept.
    boolean numbered() {
        return madeOnCreation.stream().anyMatch(column -> column.origin() instanceof Origin.Running);
    }

    /// The names of those columns that PostgreSQL computes.
    List<String> computed() {
        return fields.stream().filter(column -> column.origin() instanceof Origin.Computed).map(Column::name).toList();
    }

    /// The columns whose times must lie in the past or in the future.
    List<Column> timed() {
        return timed;
    }

    /// The names callers may use, for messages.
    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /// The field whose record is embedded under this name.
    Optional<FieldDefinition> embedded(String name) {
        return Optional.ofNullable(embeds.get(name));
    }

    /// Every column by bare name, in the order of [#columns()].
    List<Field<Object>> all() {
        return all;
    }

    /// Every column under [#ALIAS], in the order of [#columns()].
    List<Field<Object>> allAliased() {
        return allAliased;
    }

    /// The statement made earlier under this key, if it is still kept.
    @Nullable ReadStatement statement(ReadStatement.Key key) {
        return statements.getIfPresent(key);
    }

    /// The other record types that a question of this form was about, if one was asked lately.
    @Nullable List<Ref> touched(ReadStatement.Asked form) {
        return touched.getIfPresent(form);
    }

    /// Keeps a statement among those most used: callers make up as many as they like.
    void keep(ReadStatement.Asked form, List<Ref> refs, ReadStatement.Key key, ReadStatement statement) {
        touched.put(form, refs);
        statements.put(key, statement);
    }

    /// The text columns a search looks into.
    List<String> search() {
        return search;
    }

    /// The table without these columns, for those for whom they do not exist.
    RecordTable without(RecordDefinition record, Set<String> columns) {
        return columns.isEmpty()
                ? this
                : narrower.computeIfAbsent(columns, _ -> new RecordTable(record.without(columns), this, columns));
    }

    /// The table with every column.
    RecordTable whole() {
        return whole;
    }

    /// The columns that are left out.
    Set<String> hidden() {
        return hidden;
    }

    /// Of a row with every column, what is here.
    Map<String, @Nullable Object> seen(Map<String, @Nullable Object> row) {
        if (hidden.isEmpty()) {
            return row;
        }
        Map<String, @Nullable Object> seen = new LinkedHashMap<>(row);
        seen.keySet().removeAll(hidden);
        return seen;
    }

    List<Map<String, @Nullable Object>> seen(List<Map<String, @Nullable Object>> rows) {
        return hidden.isEmpty() ? rows : rows.stream().map(this::seen).toList();
    }

    /// The statement that adds one row with these columns, made when it is first asked for.
    InsertStatement insert(Set<String> given) {
        List<String> key = List.copyOf(given);
        InsertStatement known = inserts.get(key);
        if (known != null) {
            return known;
        }
        InsertStatement made = InsertStatement.of(this, List.of(given));
        if (inserts.size() < MOST_STATEMENTS) {
            inserts.put(key, made);
        }
        return made;
    }

    /// The sets of columns that are unique, alone or together.
    List<List<String>> keys() {
        return keys;
    }

    /// The column with this foreign key.
    Optional<Column> reference(String constraint) {
        return fields.stream()
                .filter(column -> SqlNames.reference(name(), column.name()).equals(constraint))
                .findFirst();
    }

    /// The columns of which all have a value or none, under this check.
    Optional<List<String>> together(String constraint) {
        return together.stream()
                .filter(columns -> SqlNames.of(name(), columns, "check").equals(constraint))
                .findFirst();
    }

    /// The columns with this unique constraint or primary key.
    Optional<List<String>> key(String constraint) {
        return keys.stream()
                .filter(key -> SqlNames.unique(name(), key).equals(constraint)
                        || SqlNames.primary(name(), key).equals(constraint))
                .findFirst();
    }

    /// The table's name without its schema.
    String name() {
        return Names.plural(ref.name());
    }

    /// Where a reference leads; only for columns that are references.
    static Target target(Column column) {
        return column.field().flatMap(FieldDefinition::target).orElseThrow();
    }

    /// A row with every column, returned in the order of [#columns()].
    Map<String, @Nullable Object> row(Record fetched) {
        Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(columns.size());
        int index = 0;
        for (Column column : columns.values()) {
            row.put(column.name(), column.read(fetched.get(index++)));
        }
        return row;
    }

    /// A row with every column, selected in the order of [#columns()].
    Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        Map<String, @Nullable Object> row = LinkedHashMap.newLinkedHashMap(columns.size());
        int place = 1;
        for (Column column : columns.values()) {
            row.put(column.name(), column.read(result, place++));
        }
        return row;
    }
}
