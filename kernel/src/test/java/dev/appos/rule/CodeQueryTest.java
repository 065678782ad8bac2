package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.registry.Reference;
import dev.appos.secure.Principal.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries that app code writes without strings, behind the real door.
class CodeQueryTest {

    private static final Map<String, String> SOURCES = Map.of(
            "crm/app.yaml", "groups: [staff, boss]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "crm/records/Customer.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Customer(
                            @NotBlank String name, String country, Status status, BigDecimal credit, boolean known,
                            @Restricted(view = "boss") String secret) {
                        enum Status { ACTIVE, ASLEEP }
                    }
                    """,
            "shop/app.yaml", "groups: [clerks]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/records/Invoice.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Invoice(
                            @BelongsTo crm.Customer customer, @BelongsTo crm.Customer payer,
                            BigDecimal total, int items, LocalDate day, Instant paid, boolean secretly) {
                        @RowFilter
                        static Cond open(InvoiceRecords.Fields invoice) {
                            return ctx.user().in("boss") ? everything() : invoice.secretly().isFalse();
                        }
                    }
                    """,
            "shop/records/Line.java", """
                    @Record(view = "staff", create = "staff")
                    record Line(@BelongsTo Invoice invoice, String article, long pieces) {}
                    """,
            "shop/records/Binders.java", """
                    @Record(view = "staff", create = "staff")
                    record Binder(String name) {
                        @RowFilter
                        static Cond member(BinderRecords.Fields binder) {
                            return binder.members().any(m -> m.login().eq(ctx.user().name()));
                        }
                    }

                    @Record(view = "boss", create = "staff")
                    record Member(@BelongsTo Binder binder, String login) {}
                    """,
            "shop/records/Note.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Note(String text, long number) {}

                    @Record(view = "staff", create = "staff", update = "staff")
                    record Badge(@NotBlank @Unique String code, String owner, boolean hushed) {
                        @RowFilter
                        static Cond open(BadgeRecords.Fields badge) {
                            return badge.hushed().isFalse();
                        }
                    }
                    """,
            "shop/rules/Bulk.java", """
                    static final int MANY = 1000;

                    @ExpressionRule
                    String upserts() {
                        long first = records.badge.upsert(b -> b.code("a").owner("ana").hushed(false), b -> b.code());
                        long again = records.badge.upsert(b -> b.code("a").owner("bob").hushed(false), b -> b.code());
                        return (first == again) + " " + records.badge.count() + " " + records.badge.get(first).owner();
                    }

                    @ExpressionRule
                    long upsertHidden() {
                        return records.badge.upsert(b -> b.code("h").owner("eve").hushed(false), b -> b.code());
                    }

                    @ExpressionRule
                    long upsertWithoutKey() {
                        return records.badge.upsert(b -> b.code("z").owner("eve").hushed(false), b -> b.owner());
                    }

                    @ExpressionRule
                    String bulk() {
                        List<Integer> numbers = new ArrayList<>();
                        for (int i = 1; i <= MANY; i++) {
                            numbers.add(i);
                        }
                        var ids = records.note.createAll(numbers, (n, i) -> n.text("first").number(i));
                        records.note.createAll(numbers, (n, i) -> n.text("second").number(MANY + i));
                        long none = records.note.createAll(List.<Integer>of(), (n, i) -> n).size();
                        long seen = 0;
                        long sum = 0;
                        try (var notes = records.note.all().stream()) {
                            for (var note : (Iterable<Row<Note>>) notes::iterator) {
                                seen++;
                                sum += note.value().number();
                            }
                        }
                        long firsts = records.note.where(n -> n.number().gt(1990)).stream().limit(5)
                                .mapToLong(n -> n.value().number()).sum();
                        long after = records.note.all().after(ids.getLast()).limit(1).list().getFirst().number();
                        long changed = records.note.update(n -> n.number().lte(10), n -> n.text("changed"));
                        long gone = records.note.delete(n -> n.text().eq("second"));
                        return ids.size() + " " + none + " " + seen + " " + sum + " " + firsts + " " + after + " "
                                + changed + " " + gone + " " + records.note.count();
                    }

                    @ExpressionRule
                    long everythingAtOnce() {
                        return records.note.delete(n -> everything());
                    }
                    """,
            "shop/rules/Conditions.java", """
                    String names(Query<crm.Customer, crm.CustomerRecords.Fields> customers) {
                        return String.join(" ", customers.orderBy(c -> c.name()).list().stream()
                                .map(c -> c.name()).toList());
                    }

                    @ExpressionRule
                    List<String> conditions() {
                        var all = crm.records.customer.all();
                        return List.of(
                                names(all.where(c -> c.name().startsWith("a"))),
                                names(all.where(c -> c.name().endsWith("B"))),
                                names(all.where(c -> c.name().contains("n"))),
                                names(all.where(c -> c.credit().between(10, 50))),
                                names(all.where(c -> c.credit().gte("50"))),
                                names(all.where(c -> c.known().isTrue())),
                                names(all.where(c -> c.known().isFalse())),
                                names(all.where(c -> c.country().isNotNull())),
                                names(all.where(c -> c.status().in(List.of(crm.Customer.Status.ASLEEP)))),
                                names(all.where(c -> c.name().gt(c.country()))),
                                names(all.where(c -> c.invoicesByCustomer().exists())),
                                names(all.where(c -> c.invoicesByCustomer().any(i -> i.total().gt(100)))),
                                names(all.where(c -> c.invoicesByCustomer().none(i -> i.total().gt(20)))),
                                names(all.where(c -> c.invoicesByCustomer().all(i -> i.total().gt(5)))),
                                names(all.where(c -> c.invoicesByCustomer().any(i -> i.lines().exists()))));
                    }

                    @ExpressionRule
                    List<Long> dates() {
                        var all = records.invoice.all();
                        return List.of(
                                all.where(i -> i.day().inYear(2025)).count(),
                                all.where(i -> i.day().inMonth(2025, 2)).count(),
                                all.where(i -> i.paid().on(LocalDate.of(2025, 3, 1))).count(),
                                all.where(i -> i.paid().inMonth(2025, 3)).count(),
                                all.where(i -> i.paid().inYear(2024)).count(),
                                all.where(i -> i.customer().name().eq(i.payer().name())).count(),
                                all.where(i -> i.total().lt(i.customer().credit())).count(),
                                all.where(i -> i.customer().invoicesByPayer().exists()).count());
                    }
                    """,
            "shop/rules/Figures.java", """
                    record Bill(String customer, crm.Customer.Status status, BigDecimal total, LocalDate day) {}
                    record Sales(String country, long invoices, BigDecimal total, BigDecimal most) {}

                    @ExpressionRule
                    String joined() {
                        return records.invoice.all()
                                .select(Bill::new, i -> i.customer().name(), i -> i.customer().status(),
                                        i -> i.total(), i -> i.day())
                                .orderByDescending(i -> i.total()).limit(2).list().toString();
                    }

                    @ExpressionRule
                    String byCountry() {
                        return records.invoice.all()
                                .select(Sales::new, i -> i.customer().country(), i -> count(),
                                        i -> i.total().sum(), i -> i.total().max())
                                .having(i -> i.total().sum().gt(15).and(i.items().avg().lt(1000)))
                                .orderByDescending(i -> i.total().avg()).list().toString();
                    }

                    @ExpressionRule
                    String grouped() {
                        var all = records.invoice.all();
                        return all.groupBy(i -> i.customer().country()).sum(i -> i.total()) + " "
                                + all.groupBy(i -> i.customer().status()).count() + " "
                                + all.groupBy(i -> i.day().month()).max(i -> i.items()) + " "
                                + all.groupBy(i -> i.paid().year()).avg(i -> i.items()) + " "
                                + all.groupBy(i -> i.day().quarter()).min(i -> i.day());
                    }

                    @ExpressionRule
                    String single() {
                        var all = records.invoice.all();
                        return all.sum(i -> i.total()) + " " + all.sum(i -> i.items()) + " "
                                + all.avg(i -> i.items()).get().setScale(1, RoundingMode.HALF_UP) + " "
                                + all.min(i -> i.day()).get() + " " + all.max(i -> i.total()).get() + " "
                                + all.where(i -> i.total().gt(1_000_000)).max(i -> i.total()) + " "
                                + all.where(i -> i.total().gt(1_000_000)).exists() + all.exists() + " "
                                + all.select(i -> i.customerId().countDistinct()).first().get();
                    }

                    @ExpressionRule
                    String pages() {
                        var all = crm.records.customer.all().orderBy(c -> c.name());
                        var countries = crm.records.customer.all().select(c -> c.country()).distinct().list();
                        return all.page(1, 2).list().stream().map(c -> c.name()).toList() + " "
                                + all.page(2, 2).list().stream().map(c -> c.name()).toList() + " " + countries;
                    }

                    @ExpressionRule
                    String folders() {
                        return records.binder.all().list().stream().map(f -> f.name()).toList().toString();
                    }

                    @ExpressionRule
                    String secretFigure() {
                        return crm.records.customer.all().groupBy(c -> c.secret()).count().toString();
                    }

                    @ExpressionRule
                    String figureInWhere() {
                        return records.invoice.where(i -> i.total().sum().gt(5)).list().toString();
                    }
                    """);

    private static AppHouse house;

    @BeforeAll
    static void open(@TempDir Path folder) {
        house = new AppHouse(folder, SOURCES);
        house.world.user("bea", Type.BASIC, "staff", "boss");
        create("crm.records.customer", Map.of(
                "name", "anna", "country", "DE", "status", "ACTIVE", "credit", 50, "known", true, "secret", "s"));
        create("crm.records.customer", Map.of("name", "Ab", "country", "FR", "status", "ASLEEP", "known", false));
        create("crm.records.customer", Map.of("name", "carl", "status", "ACTIVE", "credit", 9, "known", false));
        create("shop.records.invoice", invoice(1, 1, "10.50", 1, "2025-02-03", "2025-03-01T23:59:59Z", false));
        create("shop.records.invoice", invoice(1, 2, "200", 2, "2025-02-28", "2025-03-02T00:00:00Z", false));
        create("shop.records.invoice", invoice(2, 1, "5", 4, "2024-12-31", "2024-12-31T23:30:00Z", false));
        create("shop.records.invoice", invoice(2, 2, "7000", 8, "2025-05-05", "2025-05-05T00:00:00Z", true));
        create("shop.records.line", Map.of("invoice_id", 1, "article", "pen", "pieces", 3));
    }

    private static void create(String ref, Map<String, Object> row) {
        house.call("root", ref, new Input.CreateRecords(List.of(row)), Origin.NONE);
    }

    private static Map<String, Object> invoice(
            int customer, int payer, String total, int items, String day, String paid, boolean secretly) {
        return Map.of("customer_id", customer, "payer_id", payer, "total", new BigDecimal(total),
                "items", items, "day", day, "paid", paid, "secretly", secretly);
    }

    private static Object run(String user, String rule) {
        return house.run(user, "shop.rules." + rule, Map.of());
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void conditions_by_type_find_what_they_say() {
        assertThat(run("ana", "conditions")).asList().containsExactly(
                "Ab anna", "Ab", "anna", "anna", "anna", "anna", "Ab carl", "Ab anna", "Ab", "anna",
                "Ab anna", "anna", "Ab carl", "anna carl", "anna");
    }

    @Test
    void dates_and_fields_of_two_records_are_compared() {
        assertThat(run("ana", "dates")).asList().containsExactly(2L, 2L, 1L, 2L, 1L, 1L, 1L, 3L);
    }

    @Test
    void values_across_references_become_the_authors_record() {
        assertThat(run("ana", "joined")).isEqualTo("[Bill[customer=anna, status=ACTIVE, total=200, day=2025-02-28], "
                + "Bill[customer=anna, status=ACTIVE, total=10.50, day=2025-02-03]]");
    }

    @Test
    void groups_have_several_figures_a_condition_and_an_order() {
        assertThat(run("ana", "by_country"))
                .isEqualTo("[Sales[country=DE, invoices=2, total=210.50, most=200]]");
        assertThat(run("bea", "by_country")).isEqualTo("[Sales[country=FR, invoices=2, total=7005, most=7000], "
                + "Sales[country=DE, invoices=2, total=210.50, most=200]]");
    }

    @Test
    void a_group_is_a_map_in_the_order_of_its_keys() {
        assertThat(run("ana", "grouped")).isEqualTo("{DE=210.50, FR=5} {ACTIVE=2, ASLEEP=1} "
                + "{2024-12-01=4, 2025-02-01=2} {2024-01-01=4.0000000000000000, 2025-01-01=1.5000000000000000} "
                + "{2024-10-01=2024-12-31, 2025-01-01=2025-02-03}");
    }

    @Test
    void single_figures_pages_and_distinct_values() {
        assertThat(run("ana", "single")).isEqualTo(
                "215.50 7 2.3 2024-12-31 200 Optional.empty falsetrue Optional[2]");
        assertThat(run("ana", "pages")).isEqualTo(
                "[Ab, anna] [carl] [Optional[DE], Optional[FR], Optional.empty]");
    }

    @Test
    void figures_follow_the_callers_row_rules_and_hidden_fields() {
        assertThat(run("bea", "grouped").toString()).startsWith("{DE=210.50, FR=7005}");
        assertThat(run("bea", "secret_figure")).isEqualTo("{s=1, null=2}");
        assertThatThrownBy(() -> run("ana", "secret_figure"))
                .isInstanceOfSatisfying(Refusal.class, refused -> assertThat(refused.faults().toString())
                        .contains("secret").contains("is not a column of customer"));
    }

    @Test
    void a_figure_in_a_condition_on_records_is_refused() {
        assertThatThrownBy(() -> run("ana", "figure_in_where")).isInstanceOf(Refusal.class)
                .hasMessageContaining("query");
    }

    @Test
    void many_records_are_written_at_once_and_read_one_by_one() {
        assertThat(run("ana", "bulk")).isEqualTo("1000 0 2000 2001000 9965 1001 10 1000 1000");
        assertThatThrownBy(() -> run("ana", "everything_at_once")).isInstanceOf(Refusal.class);
        assertThat(house.call("ana", "shop.records.note", new Input.CountRecords(Query.ALL), Origin.NONE))
                .isEqualTo(1000L);
    }

    @Test
    void a_record_is_added_or_changed_by_its_key_and_one_that_is_hidden_stays_as_it_is() {
        assertThat(run("ana", "upserts")).isEqualTo("true 1 bob");
        house.world.database.write(sql -> sql.execute("""
                insert into shop.badges (created_by, updated_by, code, owner, hushed)
                values ('x', 'x', 'h', 'boss', true)"""));

        assertThatThrownBy(() -> run("ana", "upsert_hidden")).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CONFLICT));
        assertThatThrownBy(() -> run("ana", "upsert_without_key")).isInstanceOf(Refusal.class);

        String owner = house.world.database.read(sql ->
                sql.fetchSingle("select owner from shop.badges where hushed").get(0, String.class));
        assertThat(owner).isEqualTo("boss");
    }

    @Test
    void a_row_filter_may_ask_for_records_that_refer_to_it() {
        create("shop.records.binder", Map.of("name", "ours"));
        create("shop.records.binder", Map.of("name", "theirs"));
        create("shop.records.member", Map.of("binder_id", 1, "login", "ana"));
        create("shop.records.member", Map.of("binder_id", 2, "login", "bea"));
        assertThat(run("ana", "folders")).isEqualTo("[ours]");
        assertThat(house.call("bea", "shop.records.binder", new Input.CountRecords(Query.ALL), Origin.NONE))
                .isEqualTo(1L);
    }

    @Test
    void what_a_query_reaches_is_known_before_it_runs() {
        Set<String> used = house.snapshot().references().stream()
                .filter(each -> each.from().toString().equals("shop.rules.conditions"))
                .map(Reference::to).map(Object::toString).collect(Collectors.toSet());
        assertThat(used).contains("crm.records.customer", "shop.records.invoice", "shop.records.line");
    }
}
