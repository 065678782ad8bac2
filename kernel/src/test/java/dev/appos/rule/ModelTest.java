package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an author says of a field, from the source to the row.
class ModelTest {

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "groups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/records/Everything.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff",
                            indexes = "day, moment")
                    record Everything(
                            String text, Integer whole, Long large, BigDecimal exact, Boolean truth, LocalDate day,
                            Instant moment, LocalTime time, Duration length, UUID key, Colour colour,
                            List<Long> longs, List<BigDecimal> amounts, List<LocalDate> days, List<Duration> lengths,
                            List<UUID> keys, List<Colour> colours, Map<String, Object> map) {
                        enum Colour { RED, GREEN }
                    }
                    """,
            "shop/records/Invoice.java", """
                    @Record(view = "staff", create = "staff", update = "staff", audit = true)
                    record Invoice(
                            @RunningNumber("INV-{yyyy}-{00000}") String number,
                            @Default("today") LocalDate day,
                            @Default("now") Instant at,
                            @Default("{user}") String owner,
                            @Positive Integer quantity,
                            @DecimalMin("0.5") @DecimalMax(value = "100", inclusive = false) BigDecimal price,
                            @Computed @Digits(fraction = 2) BigDecimal total,
                            @Computed String title,
                            @NotEmpty @Size(max = 3) List<Integer> lines,
                            @PastOrPresent LocalDate delivered,
                            @Future Instant due,
                            @PositiveOrZero @Digits(fraction = 4) Money deposit) {
                        static Value<BigDecimal> total(InvoiceRecords.Fields f) {
                            return f.quantity().times(f.price()).plus(1).rounded(2);
                        }
                        static Value<String> title(InvoiceRecords.Fields f) {
                            return f.number().join(" / ", f.owner());
                        }
                    }
                    """,
            "shop/rules/Rules.java", """
                    @ExpressionRule
                    long keep() {
                        return records.everything.create(e -> e.text("x").whole(1).large(2).exact("1.50").truth(true)
                                .day(LocalDate.of(2026, 1, 2)).moment(Instant.EPOCH).time(LocalTime.of(9, 30))
                                .length(Duration.ofMinutes(90)).key(new UUID(0, 1)).colour(Everything.Colour.GREEN)
                                .longs(List.of(1L, 9007199254740993L)).amounts(List.of(new BigDecimal("1.50")))
                                .days(List.of(LocalDate.of(2026, 1, 2))).lengths(List.of(Duration.ofHours(1)))
                                .keys(List.of(new UUID(0, 1))).colours(List.of(Everything.Colour.RED))
                                .map(Map.of("k", 1)));
                    }

                    @ExpressionRule
                    String read(long id) { return records.everything.get(id).toString(); }

                    @ExpressionRule
                    long find() {
                        return records.everything.where(e -> e.length().gt(Duration.ofMinutes(89))
                                .and(e.time().lt(LocalTime.NOON)).and(e.key().eq(new UUID(0, 1)))).count();
                    }

                    @ExpressionRule
                    String deposit() {
                        long id = records.invoice.create(i -> i.lines(List.of(1)).deposit(Money.of("12.50", "EUR")));
                        Money kept = records.invoice.get(id).deposit().plus(Money.of("0.1", "EUR"));
                        long found = records.invoice.where(i -> i.deposit().gt("12.49")
                                .and(i.depositCurrency().eq("EUR"))).count();
                        records.invoice.update(id, i -> i.deposit(null));
                        return kept + " " + found + " " + records.invoice.get(id).deposit();
                    }

                    @ExpressionRule
                    BigDecimal total(long id) { return records.invoice.get(id).total(); }
                    """);

    @TempDir
    Path folder;

    private AppHouse house;

    @BeforeEach
    void build() {
        house = new AppHouse(folder, SOURCES);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Object call(String ref, Input input) {
        return house.call("ana", ref, input, Origin.NONE);
    }

    private Map<?, ?> create(Map<String, Object> values) {
        Input input = new Input.CreateRecords(List.of(values));
        return (Map<?, ?>) ((List<?>) call("shop.records.invoice", input)).getFirst();
    }

    private static Map<String, Object> invoice(String field, Object value) {
        return Map.of("lines", List.of(1), field, value);
    }

    private Refusal.Fault fault(Map<String, Object> values) {
        return catchThrowableOfType(Refusal.class, () -> create(values)).faults().getFirst();
    }

    @Test
    void app_code_writes_reads_and_finds_every_type() {
        long id = (Long) house.run("ana", "shop.rules.keep", Map.of());

        assertThat(house.run("ana", "shop.rules.read", Map.of("id", id))).isEqualTo("Everything[text=x, whole=1, "
                + "large=2, exact=1.50, truth=true, day=2026-01-02, moment=1970-01-01T00:00:00Z, time=09:30, "
                + "length=PT1H30M, key=00000000-0000-0000-0000-000000000001, colour=GREEN, "
                + "longs=[1, 9007199254740993], amounts=[1.50], days=[2026-01-02], lengths=[PT1H], "
                + "keys=[00000000-0000-0000-0000-000000000001], colours=[RED], map={k=1}]");
        assertThat(house.run("ana", "shop.rules.find", Map.of())).isEqualTo(1L);
    }

    @Test
    void what_the_moment_knows_is_written_by_the_platform() {
        Map<?, ?> row = create(invoice("quantity", 3));
        int year = LocalDate.ofInstant(house.world.clock.instant(), ZoneOffset.UTC).getYear();

        assertThat(row.get("number")).isEqualTo("INV-" + year + "-00001");
        assertThat(row.get("owner")).isEqualTo("ana");
        assertThat(row.get("day")).isEqualTo(
                LocalDate.ofInstant(house.world.clock.instant(), ZoneOffset.UTC));
        assertThat(row.get("at")).isEqualTo(row.get("created_at"));
        assertThat(create(invoice("owner", "ben")).get("owner")).isEqualTo("ben");
        assertThat(fault(invoice("number", "INV-1"))).extracting(Refusal.Fault::path, Refusal.Fault::code)
                .containsExactly("/number", "read_only");
    }

    @Test
    void a_computed_field_follows_what_it_is_made_of_and_nobody_writes_it() {
        Map<?, ?> row = create(Map.of("lines", List.of(1), "quantity", 3, "price", new BigDecimal("2.345")));
        long id = (Long) row.get("id");
        assertThat(row.get("total")).isEqualTo(new BigDecimal("8.04"));
        assertThat(row.get("title")).isEqualTo(row.get("number") + " / ana");
        assertThat(house.run("ana", "shop.rules.total", Map.of("id", id))).isEqualTo(new BigDecimal("8.04"));

        Map<?, ?> changed = (Map<?, ?>) call("shop.records.invoice",
                new Input.UpdateRecord(id, OptionalInt.empty(), Map.of("quantity", 4)));

        assertThat(changed.get("total")).isEqualTo(new BigDecimal("10.38"));
        assertThat(((List<?>) call("shop.records.invoice", new Lifecycle.History(id, 2))).stream()
                .map(change -> ((Map<?, ?>) change).get("field_name")).collect(Collectors.toSet()))
                .isEqualTo(Set.of("quantity", "total"));
        assertThat(fault(invoice("total", 5))).extracting(Refusal.Fault::path, Refusal.Fault::code)
                .containsExactly("/total", "read_only");
    }

    @Test
    void money_is_an_amount_and_its_currency_both_or_neither() {
        assertThat(house.run("ana", "shop.rules.deposit", Map.of()))
                .isEqualTo("Money[amount=12.6000, currency=EUR] 1 null");
        Map<?, ?> row = create(Map.of("lines", List.of(1), "deposit", "0.1", "deposit_currency", "JPY"));
        assertThat(row.get("deposit")).isEqualTo(new BigDecimal("0.1000"));
        assertThat(fault(invoice("deposit", 5))).extracting(Refusal.Fault::path, Refusal.Fault::message)
                .containsExactly("/deposit", "must have a value together with deposit_currency, or neither");
        assertThat(fault(invoice("deposit_currency", "euro")).path()).isEqualTo("/deposit_currency");
        assertThat(fault(Map.of("lines", List.of(1), "deposit", -1, "deposit_currency", "EUR")).message())
                .isEqualTo("must be at least 0");
    }

    @Test
    void every_constraint_is_told_before_the_database_is_asked() {
        assertThat(fault(invoice("quantity", 0)).message()).isEqualTo("must be greater than 0");
        assertThat(fault(invoice("price", new BigDecimal("0.49"))).message()).isEqualTo("must be at least 0.5");
        assertThat(fault(invoice("price", 100)).message()).isEqualTo("must be less than 100");
        assertThat(fault(Map.of("lines", List.of())).message()).isEqualTo("must hold at least 1");
        assertThat(fault(Map.of("lines", List.of(1, 2, 3, 4))).message()).isEqualTo("must hold at most 3");
        LocalDate today = LocalDate.ofInstant(house.world.clock.instant(), ZoneOffset.UTC);
        assertThat(fault(invoice("delivered", today.plusDays(1))).message()).isEqualTo("must not lie in the future");
        assertThat(create(invoice("delivered", today)).get("delivered")).isEqualTo(today);
        assertThat(fault(invoice("due", house.world.clock.instant())).message()).isEqualTo("must lie in the future");
        long id = (Long) create(invoice("quantity", 1)).get("id");
        assertThat(catchThrowableOfType(Refusal.class, () -> call("shop.records.invoice", new Input.UpdateRecord(
                id, OptionalInt.empty(), Map.of("delivered", today.plusDays(9))))).faults()).hasSize(1);
    }

    @Test
    void choices_and_what_lists_hold_and_declared_sets_are_indexed() {
        List<String> indexes = house.world.database.read(sql -> sql.fetch(
                "select indexdef from pg_indexes where tablename = 'everythings'")).getValues(0, String.class);

        assertThat(indexes).anyMatch(each -> each.contains("(day, moment)"))
                .anyMatch(each -> each.contains("USING btree (colour)"))
                .anyMatch(each -> each.contains("USING gin (longs jsonb_path_ops)"))
                .anyMatch(each -> each.contains("USING gin (map jsonb_path_ops)"));
    }

    @Test
    void the_database_holds_the_constraints_too() {
        for (String wrong : List.of(
                "quantity = 0", "price = 0.49", "price = 100", "lines = '[]'", "lines = null", "total = 1")) {
            create(invoice("quantity", 1));
            assertThat(catchThrowable(() -> house.world.database.write(sql ->
                    sql.execute("update shop.invoices set " + wrong)))).as(wrong).isNotNull();
        }
    }

    @Test
    void parallel_writers_get_numbers_without_gaps_also_when_some_give_up() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<Object>> all = writers.invokeAll(IntStream.range(0, 40).mapToObj(i -> (Callable<Object>) () -> {
                try {
                    // Every fourth is refused after it has taken a number.
                    return i % 4 == 0
                            ? call("shop.records.invoice", new Input.CreateRecords(List.of(
                                    invoice("quantity", 1), Map.of("id", 7, "lines", List.of(1)))))
                            : create(invoice("quantity", i));
                } catch (Refusal refusal) {
                    return refusal;
                }
            }).toList());
            for (Future<Object> one : all) {
                one.get();
            }
        }
        List<Long> numbers = house.world.database.read(sql ->
                sql.fetch("select right(number, 5)::bigint from shop.invoices order by number"))
                .getValues(0, Long.class);

        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(Long::valueOf).toList());
    }
}
