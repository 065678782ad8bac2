package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static dev.appos.record.Demo.INVOICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Compare;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.Query.Selected;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What asking for records promises: every operator, ways through references, embedding, pages, and what is refused.
final class QueryTest {

    private static House house;

    @BeforeAll
    static void fill() {
        house = new House().with(Demo.snapshot(Demo.employee(), Demo.customer(), Demo.invoice()));
        house.create(EMPLOYEE, Map.of("first_name", "Nancy", "last_name", "Edwards"));
        house.create(EMPLOYEE, Map.of("first_name", "Jane", "last_name", "Peacock", "reports_to_id", 1));
        customer("ana", "a_b%c", Map.of("support_rep_id", 2, "visits", 1, "newsletter", true, "status", "ACTIVE",
                "credit_limit", new BigDecimal("10.50"), "last_seen", Instant.parse("2026-01-01T00:00:00Z")));
        customer("bob", "aXbYc", Map.of("support_rep_id", 1, "visits", 2, "newsletter", false, "status", "INACTIVE",
                "tags", List.of("x")));
        customer("Čeněk", "back\\slash", Map.of("visits", 3, "city", "Ostrava"));
        house.create(INVOICE, Map.of("customer_id", 1, "invoice_date", LocalDate.of(2026, 1, 1), "total", 5));
        house.create(INVOICE, Map.of("customer_id", 1, "invoice_date", LocalDate.of(2026, 2, 1), "total", 7));
        house.create(INVOICE, Map.of(
                "customer_id", 3, "invoice_date", LocalDate.of(2026, 3, 1), "total", new BigDecimal("0.25")));
    }

    private static void customer(String name, String company, Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(more);
        row.putAll(Map.of("first_name", name, "last_name", "L", "email", name.charAt(0) + "@x.yz", "company", company));
        house.create(CUSTOMER, row);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void show() {
        house.hidden.clear();
    }

    private static Cond is(String path, Operator operator, Object value) {
        return new Compare(path, operator, value);
    }

    private static Page page(Ref ref, Query query) {
        return (Page) house.call(ref, new Input.ListRecords(query));
    }

    private static List<Object> ids(Ref ref, Cond where) {
        Page page = page(ref, new Query(List.of(), where, List.of(), 100, 0, false));
        long counted = (Long) house.call(ref, new Input.CountRecords(where));
        assertThat(counted).isEqualTo(page.rows().size());
        return page.rows().stream().map(row -> row.get("id")).toList();
    }

    private static List<Object> customers(String path, Operator operator, Object value) {
        return ids(CUSTOMER, is(path, operator, value));
    }

    private static Refusal refusal(Ref ref, Query query) {
        try {
            page(ref, query);
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    private static Refusal refusal(Ref ref, Cond where) {
        return refusal(ref, new Query(List.of(), where, List.of(), 10, 0, false));
    }

    @Test
    void every_operator_compares_as_it_says() {
        assertThat(customers("visits", Operator.EQ, 2)).containsExactly(2L);
        assertThat(customers("visits", Operator.NE, 2)).containsExactly(1L, 3L);
        assertThat(customers("visits", Operator.GT, 2)).containsExactly(3L);
        assertThat(customers("visits", Operator.GTE, 2)).containsExactly(2L, 3L);
        assertThat(customers("visits", Operator.LT, 2)).containsExactly(1L);
        assertThat(customers("visits", Operator.LTE, 2)).containsExactly(1L, 2L);
        assertThat(customers("first_name", Operator.LIKE, "*n*")).containsExactly(1L, 3L);
        assertThat(customers("first_name", Operator.LIKE, "A*")).isEmpty();
        assertThat(customers("first_name", Operator.ILIKE, "A*")).containsExactly(1L);
        assertThat(customers("status", Operator.LIKE, "IN*")).containsExactly(2L);
        assertThat(customers("id", Operator.IN, List.of(1, 3L))).containsExactly(1L, 3L);
        assertThat(customers("status", Operator.IN, List.of("INACTIVE"))).containsExactly(2L);
        assertThat(customers("id", Operator.IN, List.of())).isEmpty();
        assertThat(customers("city", Operator.IS, null)).containsExactly(1L, 2L);
        assertThat(customers("tags", Operator.IS, null)).containsExactly(1L, 3L);
        assertThat(customers("newsletter", Operator.IS, true)).containsExactly(1L);
        assertThat(customers("newsletter", Operator.IS, false)).containsExactly(2L);
    }

    @Test
    void every_type_compares_with_values_and_with_texts_from_an_address() {
        assertThat(customers("credit_limit", Operator.EQ, "10.5")).containsExactly(1L);
        assertThat(customers("visits", Operator.IN, List.of("1", "3"))).containsExactly(1L, 3L);
        assertThat(customers("newsletter", Operator.EQ, "true")).containsExactly(1L);
        assertThat(customers("newsletter", Operator.IS, "true")).containsExactly(1L);
        assertThat(customers("city", Operator.IS, "null")).containsExactly(1L, 2L);
        assertThat(customers("last_seen", Operator.LT, "2026-06-01")).containsExactly(1L);
        assertThat(customers("created_at", Operator.EQ, House.NOW)).hasSize(3);
        assertThat(customers("created_by", Operator.EQ, "ana")).hasSize(3);
        assertThat(customers("support_rep_id", Operator.EQ, 1)).containsExactly(2L);
        assertThat(customers("version", Operator.EQ, 1)).hasSize(3);
        assertThat(customers("first_name", Operator.EQ, "Čeněk")).containsExactly(3L);
        assertThat(ids(INVOICE, is("invoice_date", Operator.GTE, "2026-02-01"))).containsExactly(2L, 3L);
    }

    @Test
    void what_sql_reads_as_a_wildcard_is_taken_as_it_is() {
        assertThat(customers("company", Operator.LIKE, "a_b%c")).containsExactly(1L);
        assertThat(customers("company", Operator.LIKE, "a_b*")).containsExactly(1L);
        assertThat(customers("company", Operator.ILIKE, "%")).isEmpty();
        assertThat(customers("company", Operator.LIKE, "back\\slash")).containsExactly(3L);
        assertThat(customers("company", Operator.LIKE, "*\\*")).containsExactly(3L);
        assertThat(customers("company", Operator.EQ, "'; drop table crm.customers; --")).isEmpty();
    }

    @Test
    void conditions_join_nest_and_turn_round() {
        Cond one = is("id", Operator.EQ, 1);
        Cond two = is("id", Operator.EQ, 2);

        assertThat(ids(CUSTOMER, one.or(two))).containsExactly(1L, 2L);
        assertThat(ids(CUSTOMER, one.and(two))).isEmpty();
        assertThat(ids(CUSTOMER, one.or(two).not())).containsExactly(3L);
        assertThat(ids(CUSTOMER, new Cond.Or(List.of()))).isEmpty();
        assertThat(ids(CUSTOMER, Query.ALL.not())).isEmpty();
        assertThat(ids(CUSTOMER, new Cond.And(List.of(Query.ALL.not(), one)))).isEmpty();
    }

    @Test
    void a_condition_reaches_through_references() {
        assertThat(customers("support_rep.first_name", Operator.EQ, "Jane")).containsExactly(1L);
        assertThat(customers("support_rep.reports_to.first_name", Operator.EQ, "Nancy")).containsExactly(1L);
        assertThat(ids(INVOICE, is("customer.status", Operator.EQ, "ACTIVE"))).containsExactly(1L, 2L, 3L);
        assertThat(ids(INVOICE, is("customer.support_rep.last_name", Operator.LIKE, "P*"))).containsExactly(1L, 2L);
        assertThat(ids(CUSTOMER, is("support_rep.first_name", Operator.EQ, "Jane").not())).containsExactly(2L, 3L);
    }

    @Test
    void a_condition_answers_the_same_once_tables_are_known_to_be_small() {
        List<Cond> conditions = List.of(
                is("customer.status", Operator.EQ, "ACTIVE"),
                is("customer.support_rep.first_name", Operator.EQ, "Jane"),
                is("customer.support_rep.first_name", Operator.EQ, "Jane").not(),
                is("customer.support_rep_id", Operator.IS, null),
                is("customer.support_rep.reports_to.first_name", Operator.EQ, "Nancy")
                        .or(is("customer.first_name", Operator.LIKE, "B*")),
                new Cond.Fields("customer.country", Operator.EQ, "customer.support_rep.country"),
                new Cond.Fields("billing_country", Operator.EQ, "customer.country").not());
        List<List<Object>> before = conditions.stream().map(each -> ids(INVOICE, each)).toList();
        house.records.measured(SmallTables.of(house.database));

        assertThat(SmallTables.of(house.database).names()).contains("crm.employees", "crm.customers");
        assertThat(conditions.stream().map(each -> ids(INVOICE, each)).toList()).isEqualTo(before);
        assertThat(customers("support_rep.first_name", Operator.EQ, "Jane")).containsExactly(1L);
        assertThat(ids(CUSTOMER, is("support_rep.first_name", Operator.EQ, "Jane").not())).containsExactly(2L, 3L);
    }

    @Test
    void what_leads_to_hidden_records_reads_exactly_like_what_does_not_exist() {
        Query embed = new Query(
                List.of(new Selected.Embed("support_rep", List.of("nope"))), Query.ALL, List.of(), 1, 0, false);
        Cond right = is("support_rep.first_name", Operator.EQ, "Jane");
        Cond wrongColumn = is("support_rep.nope", Operator.EQ, "Jane");
        Cond wrongType = is("support_rep.birth_date", Operator.EQ, "Jane");
        Cond deep = is("customer.support_rep.first_name", Operator.EQ, "Jane");

        assertThat(refusal(CUSTOMER, wrongColumn).getMessage()).contains("is not a column of employee");
        assertThat(refusal(CUSTOMER, wrongType).getMessage()).contains("must be a day");
        house.hidden.add(EMPLOYEE);

        assertThat(List.of(right, wrongColumn, wrongType))
                .extracting(cond -> refusal(CUSTOMER, cond).faults().getFirst().message())
                .containsOnly("is not a column of customer. Did you mean support_rep_id?");
        assertThat(refusal(CUSTOMER, embed).faults()).extracting(Refusal.Fault::path, Refusal.Fault::message)
                .containsExactly(tuple("/support_rep", "is not a column of customer. Did you mean support_rep_id?"));
        assertThat(refusal(INVOICE, deep).getMessage()).contains("is not a column of customer.");
        house.hidden.add(CUSTOMER);
        assertThat(refusal(INVOICE, deep).getMessage()).contains("is not a column of invoice.");
    }

    @Test
    void what_makes_no_sense_is_refused_and_names_every_fault() {
        Cond all = new Cond.And(List.of(
                is("first_nmae", Operator.EQ, "x"), is("visits", Operator.EQ, "many"),
                is("visits", Operator.LIKE, "1*"), is("first_name", Operator.EQ, 1),
                is("first_name", Operator.EQ, null),
                is("tags", Operator.EQ, List.of()), is("newsletter", Operator.GT, true),
                is("city", Operator.IS, true), is("city", Operator.IN, "Oslo"), is("status", Operator.EQ, "GONE"),
                is("city", Operator.EQ, "a\0"), is("city", Operator.LIKE, "\uD800*"), is("nope.city", Operator.EQ, "x"),
                is("support_rep.", Operator.EQ, 1), is("a.b.c.d.e", Operator.EQ, 1), is("", Operator.EQ, 1),
                is("id", Operator.IN, Arrays.asList(1, null)), is("first_name\"; --", Operator.EQ, "x")));

        Refusal refusal = refusal(CUSTOMER, all);

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.faults()).hasSize(18).first().isEqualTo(new Refusal.Fault(
                "/first_nmae", "unknown", "is not a column of customer. Did you mean first_name?"));
        assertThat(refusal(CUSTOMER, is("support_rep.", Operator.EQ, 1)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void a_condition_too_large_to_be_meant_is_refused() {
        Cond deep = is("id", Operator.EQ, 1);
        for (int i = 0; i < Filters.DEEPEST + 1; i++) {
            deep = deep.not();
        }
        Cond wide = new Cond.Or(IntStream.rangeClosed(0, Filters.MOST_COMPARISONS)
                .mapToObj(i -> is("id", Operator.EQ, i)).toList());
        Cond list = is("id", Operator.IN, IntStream.rangeClosed(0, Comparison.LONGEST_LIST).boxed().toList());

        assertThat(refusal(CUSTOMER, deep).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(CUSTOMER, wide).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(CUSTOMER, list).reason()).isEqualTo(Reason.INVALID);
        assertThat(customers("id", Operator.IN, IntStream.range(0, 1000).boxed().toList())).hasSize(3);
    }

    @Test
    void a_selection_answers_what_it_names_in_its_order_and_embeds_one_level() {
        Query query = new Query(
                List.of(new Selected.Column("email"), new Selected.Embed("support_rep", List.of("last_name")),
                        new Selected.Column("id")),
                Query.ALL, List.of(), 10, 0, false);

        List<Map<String, Object>> rows = page(CUSTOMER, query).rows();

        assertThat(rows.getFirst().toString()).isEqualTo("{email=a@x.yz, support_rep={last_name=Peacock}, id=1}");
        assertThat(rows.getLast()).containsEntry("support_rep", null);
        Map<?, ?> whole = (Map<?, ?>) house.call(
                CUSTOMER, new Input.GetRecord(1, List.of(new Selected.Embed("support_rep", List.of()))));
        assertThat((Map<?, ?>) whole.get("support_rep")).hasSize(20)
                .extracting("id", "reports_to_id").containsExactly(2L, 1L);
    }

    @Test
    void an_unknown_name_in_a_selection_or_an_order_is_refused() {
        Query select = new Query(List.of(new Selected.Column("emial")), Query.ALL, List.of(), 1, 0, false);
        Query embed = new Query(
                List.of(new Selected.Embed("suport_rep", List.of())), Query.ALL, List.of(), 1, 0, false);
        Query order = new Query(List.of(), Query.ALL, List.of(new Query.Sort("emial", false)), 1, 0, false);

        assertThat(refusal(CUSTOMER, select).getMessage()).contains("/emial is not a column", "Did you mean email?");
        assertThat(refusal(CUSTOMER, embed).getMessage()).contains("/suport_rep is not a column");
        assertThat(refusal(CUSTOMER, order).getMessage()).contains("/emial is not a column");
    }

    @Test
    void pages_come_in_order_with_nulls_last_and_ids_deciding() {
        Query city = new Query(List.of(), Query.ALL, List.of(new Query.Sort("city", false)), 10, 0, false);
        Query down = new Query(List.of(), Query.ALL, List.of(new Query.Sort("visits", true)), 2, 1, true);

        assertThat(page(CUSTOMER, city).rows()).extracting(row -> row.get("id")).containsExactly(3L, 1L, 2L);
        assertThat(page(CUSTOMER, city).total()).isEmpty();
        assertThat(page(CUSTOMER, down).rows()).extracting(row -> row.get("id")).containsExactly(2L, 1L);
        assertThat(page(CUSTOMER, down).total()).isEqualTo(OptionalLong.of(3));
        assertThat(page(CUSTOMER, new Query(List.of(), Query.ALL, List.of(), 0, 0, false)).rows()).isEmpty();
    }

    @Test
    void a_page_outside_the_limits_is_refused() {
        for (long[] each : new long[][] {{-1, 0}, {Query.LARGEST_PAGE + 1, 0}, {1, -1}}) {
            Query query = new Query(List.of(), Query.ALL, List.of(), (int) each[0], each[1], false);
            assertThat(refusal(CUSTOMER, query).reason()).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void a_sum_is_exact_and_zero_of_nothing() {
        assertThat(house.call(INVOICE, new Input.SumRecords(Query.ALL, "total"))).isEqualTo(new BigDecimal("12.25"));
        assertThat(house.call(INVOICE, new Input.SumRecords(is("id", Operator.EQ, 9), "total")))
                .isEqualTo(BigDecimal.ZERO);
        assertThat(house.call(
                        CUSTOMER, new Input.SumRecords(is("support_rep.first_name", Operator.EQ, "Jane"), "visits")))
                .isEqualTo(BigDecimal.ONE);
        for (String column : List.of("invoice_date", "totl", "customer.visits")) {
            assertThat(catchThrowable(
                            () -> house.call(INVOICE, new Input.SumRecords(Query.ALL, column))))
                    .isInstanceOf(Refusal.class);
        }
    }
}
