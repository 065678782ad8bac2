package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Context;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes into a field comes out of it: every type, on every way in and out, at its limits too.
class TypesTest {

    private static final Ref THING = new Ref("crm", "records", "thing");
    private static final List<String> COLOURS = List.of("RED", "GREEN", "L_O_N_G");

    private static House house;

    @BeforeAll
    static void open() {
        List<F> fields = new ArrayList<>();
        for (ValueType type : ValueType.values()) {
            if (type != ValueType.REFERENCE) {
                fields.add(new F(field(column(type), type)));
            }
            if (listed(type)) {
                fields.add(new F(list(type)));
            }
        }
        house = new House().with(Demo.snapshot(thing(fields)));
    }

    private static RecordDefinition thing(List<F> fields) {
        return Demo.record("crm", "thing", true, fields.toArray(F[]::new));
    }

    private static FieldDefinition field(String name, ValueType type) {
        FieldDefinition field = FieldDefinition.of(name, name, type);
        return type == ValueType.CHOICE ? field.among(COLOURS) : field;
    }

    private static FieldDefinition list(ValueType element) {
        FieldDefinition field = FieldDefinition.of(column(element) + "_list", column(element), ValueType.LIST)
                .listOf(element);
        return element == ValueType.CHOICE ? field.among(COLOURS) : field;
    }

    private static boolean listed(ValueType type) {
        return !type.json() && type != ValueType.REFERENCE;
    }

    private static String column(ValueType type) {
        return "v_" + type.name().toLowerCase(Locale.ROOT);
    }

    @AfterEach
    void empty() {
        house.empty();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static List<Object> values(ValueType type) {
        return switch (type) {
            case TEXT -> List.of("a", " leading", "\"quoted\", comma; ''", "two\nlines\t", "Zürich 😀", "null",
                    "x".repeat(9000), "%_*\\");
            case INTEGER -> List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE, 9007199254740993L);
            case DECIMAL -> decimals("0", "-0.000001", "1.50", "1234567890123456789012345678901234567890.0123456789",
                    "98765432.10", "0.1", "-1E+3");
            case BOOLEAN -> List.of(true, false);
            case DATE -> List.of(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), LocalDate.of(2024, 2, 29),
                    LocalDate.of(1582, 10, 15), LocalDate.of(1582, 10, 4));
            case INSTANT -> List.of(Instant.EPOCH, Instant.parse("0001-01-01T00:00:00Z"),
                    Instant.parse("9999-12-31T23:59:59.999999Z"), Instant.parse("2026-03-29T01:30:00.000001Z"));
            case TIME -> List.of(LocalTime.MIN, LocalTime.of(23, 59, 59, 999_999_000), LocalTime.of(9, 30));
            case DURATION -> List.of(Duration.ZERO, Duration.ofNanos(1000), Duration.ofNanos(-1000),
                    Duration.parse("PT-25H-30M-0.5S"), Duration.parse("P2DT1.5S"), Duration.ofDays(365_250),
                    Duration.ofDays(-365_250), Duration.ofSeconds(59, 999_999_000));
            case UUID -> List.of(new UUID(0, 0), new UUID(-1, -1),
                    UUID.fromString("0198c2d1-7a53-7c1e-9f4b-2f6d1c0a8e77"));
            case CHOICE -> List.copyOf(COLOURS);
            case LIST -> List.of(List.of(), List.of("a", 1, true, Map.of("k", List.of())));
            case MAP -> List.of(Map.of(), Map.of("a", 1, "b", Map.of("c", new BigDecimal("1.50"), "d", "x")));
            case REFERENCE -> List.of();
        };
    }

    private static List<Object> decimals(String... written) {
        return Arrays.stream(written)
                .<Object>map(each -> new BigDecimal(new BigDecimal(each).toPlainString())).toList();
    }

    static Stream<ValueType> elements() {
        return Arrays.stream(ValueType.values()).filter(TypesTest::listed);
    }

    private static String json(Object value) {
        return Json.canonical(value);
    }

    private Object read(long id, String column) {
        return ((Map<?, ?>) house.call(THING, new Input.GetRecord(id, List.of()))).get(column);
    }

    /// As a caller sends it and gets it back: through JSON.
    private static Object sent(Object value) {
        return Json.read(json(value));
    }

    private List<Map<String, Object>> found(String column, Cond.Operator operator, Object value) {
        Cond cond = new Cond.Compare(column, operator, value);
        return ((Page) house.call(THING, new Input.ListRecords(
                new Query(List.of(), cond, List.of(), 50, 0, false)))).rows();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE")
    void what_goes_in_comes_out(ValueType type) {
        String column = column(type);
        for (Object value : values(type)) {
            long id = (Long) house.create(THING, Map.of(column, sent(value))).get("id");

            assertThat(json(read(id, column))).isEqualTo(json(value));
            assertThat(type.json() || read(id, column).equals(value)).as("the type of %s", value).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"REFERENCE", "LIST", "MAP"})
    void each_value_is_found_by_itself_and_by_no_other(ValueType type) {
        String column = column(type);
        List<Object> values = values(type);
        values.forEach(value -> house.create(THING, Map.of(column, value)));
        for (Object value : values) {
            Object written = value instanceof BigDecimal number ? number.toPlainString() : value.toString();

            assertThat(found(column, Cond.Operator.EQ, written)).as("%s", value).singleElement()
                    .satisfies(row -> assertThat(json(row.get(column))).isEqualTo(json(value)));
            assertThat(found(column, Cond.Operator.IN, List.of(written))).hasSize(1);
        }
        assertThat(found(column, Cond.Operator.IS, null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE")
    void a_change_to_any_value_is_kept_and_remembered(ValueType type) {
        String column = column(type);
        long id = (Long) house.create(THING, Map.of()).get("id");
        for (Object value : values(type)) {
            house.call(THING, new Input.UpdateRecord(id, OptionalInt.empty(), Map.of(column, sent(value))));

            assertThat(json(read(id, column))).isEqualTo(json(value));
            Map<?, ?> last = (Map<?, ?>) ((List<?>) house.call(THING, new Lifecycle.History(id, 1))).getFirst();
            assertThat(json(last.get("new_value"))).isEqualTo(json(value));
        }
        int version = (Integer) read(id, "version");
        Object same = values(type).getLast();
        house.call(THING, new Input.UpdateRecord(id, OptionalInt.empty(), Map.of(column, sent(same))));
        assertThat(read(id, "version")).as("the same value is no change").isEqualTo(version);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE")
    void a_file_of_values_is_read_as_written(ValueType type, @TempDir Path folder) throws IOException {
        String column = column(type);
        StringBuilder file = new StringBuilder(column + "\n");
        for (Object value : values(type)) {
            String cell = type.json() ? json(value) : value instanceof BigDecimal number
                    ? number.toPlainString() : value.toString();
            file.append('"').append(cell.replace("\"", "\"\"")).append("\"\n");
        }
        Path csv = Files.writeString(folder.resolve("things.csv"), file);

        new CsvImport(house.dispatcher, house.registry)
                .importCsv(new Context(House.IMPORT, "exec_import", House.NOW), THING, csv);

        List<String> kept = house.database.read(sql -> sql.fetch("select id from crm.things order by id"))
                .getValues(0, Long.class).stream().map(id -> json(read(id, column))).toList();
        assertThat(kept).isEqualTo(values(type).stream().map(TypesTest::json).toList());
    }

    @ParameterizedTest
    @MethodSource("elements")
    void a_list_holds_values_of_its_type_and_no_others(ValueType element) {
        String column = column(element) + "_list";
        List<Object> values = values(element);
        long id = (Long) house.create(THING, Map.of(column, sent(values))).get("id");

        assertThat(json(read(id, column))).isEqualTo(json(values));
        for (Object wrong : Arrays.asList(null, Map.of(), List.of("x"))) {
            Refusal refusal = catchThrowableOfType(Refusal.class, () ->
                    house.create(THING, Map.of(column, Arrays.asList(values.getFirst(), wrong))));
            assertThat(refusal.faults()).extracting(Refusal.Fault::path).containsExactly("/" + column);
        }
    }

    @Test
    void rubbish_is_refused_with_what_it_must_be() {
        assertThat(message("v_time", "25:00")).contains("must be a time of day such as 09:30");
        assertThat(message("v_duration", "90 minutes")).contains("must be a length of time such as PT36H30M");
        assertThat(message("v_duration", "P1000000D")).contains("must be at most a thousand years long");
        assertThat(message("v_uuid", "1-1-1-1-1")).contains("must be a UUID such as");
        assertThat(message("v_date", "1582-10-10")).contains("one of the ten days that October 1582 did not have");
        assertThat(message("v_uuid", 5)).contains("must be a text");
        assertThat(message("v_long_list", List.of(1, "2"))).contains("holds at place 2 what must be a whole number");
        assertThat(message("v_choice_list", List.of("RED", "BLUE"))).contains("place 2 what must be one of RED, GREEN");
    }

    private static String message(String column, Object value) {
        return catchThrowableOfType(Refusal.class, () -> house.create(THING, Map.of(column, value)))
                .faults().getFirst().message();
    }
}
