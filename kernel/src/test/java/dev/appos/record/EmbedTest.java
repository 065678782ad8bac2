package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static dev.appos.record.Demo.INVOICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Compare;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.Query.Extras;
import dev.appos.object.Query.Function;
import dev.appos.object.Query.Selected;
import dev.appos.object.Query.Sort;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What belongs to a record, figures of groups, cursors, and questions that would not end.
final class EmbedTest {

    private static House house;

    @BeforeAll
    static void fill() {
        house = new House().with(Demo.snapshot(Demo.employee(), Demo.customer(), Demo.invoice()));
        house.create(EMPLOYEE, Map.of("first_name", "Nancy", "last_name", "Edwards"));
        house.create(EMPLOYEE, Map.of("first_name", "Jane", "last_name", "Peacock", "reports_to_id", 1));
        for (int i = 1; i <= 5; i++) {
            house.create(CUSTOMER, Map.of("first_name", "c" + i, "last_name", "L", "email", i + "@x.yz",
                    "support_rep_id", 1 + i % 2, "visits", i / 2));
        }
        for (int i = 0; i < 6; i++) {
            house.create(INVOICE, Map.of("customer_id", 1 + i % 2, "invoice_date", LocalDate.of(2026, 1 + i % 3, 9),
                    "total", new BigDecimal("1.50").add(BigDecimal.valueOf(i))));
        }
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Query query(List<Selected> select, Sort... order) {
        return new Query(select, Query.ALL, List.of(order), 100, 0, false);
    }

    private static Page page(Ref ref, Query query) {
        return (Page) house.call(ref, new Input.ListRecords(query));
    }

    private static String rows(Ref ref, Query query) {
        return page(ref, query).rows().toString();
    }

    private static Selected column(String name) {
        return new Selected.Column(name);
    }

    private static Selected embed(String name, boolean inner, Query query) {
        return new Selected.Embed(name, "", "", inner, false, query);
    }

    @Test
    void records_that_refer_are_embedded_with_a_filter_an_order_and_a_page_of_their_own_to_any_depth() {
        Cond some = new Compare("total", Operator.GT, "1.50");
        Query invoices = new Query(List.of(column("total"), column("invoice_date")), some,
                List.of(new Sort("total", true)), 1, 0, false);
        Query customers = new Query(List.of(column("first_name"), embed("invoices", false, invoices)),
                new Compare("id", Operator.LTE, 2), List.of(), 10, 0, false);

        Query employees = query(List.of(column("first_name"), embed("customers", false, customers)));
        assertThat(rows(EMPLOYEE, employees)).isEqualTo(
                "[{first_name=Nancy, customers=[{first_name=c2, invoices=[{total=6.50, invoice_date=2026-03-09}]}]}, "
                        + "{first_name=Jane, customers=[{first_name=c1, "
                        + "invoices=[{total=5.50, invoice_date=2026-02-09}]}]}]");
    }

    @Test
    void inner_leaves_out_records_without_any_and_absent_finds_them() {
        Query all = query(List.of(column("id")));
        assertThat(page(CUSTOMER, query(List.of(column("id"), embed("invoices", true, all)))).rows()).hasSize(2);
        Query without = new Query(List.of(column("id"), embed("invoices", false, all)),
                new Compare("invoices", Operator.IS, null), List.of(), 10, 0, false);
        assertThat(page(CUSTOMER, without).rows()).extracting(row -> row.get("id")).containsExactly(3L, 4L, 5L);
    }

    @Test
    void who_may_not_see_the_records_that_refer_hears_that_there_are_none() {
        house.hidden.add(INVOICE);
        try {
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> rows(CUSTOMER, query(List.of(
                    embed("invoices", false, query(List.of(column("total"))))))));
            assertThat(refusal.getMessage()).contains("/invoices is not a column of customer");
        } finally {
            house.hidden.clear();
        }
    }

    @Test
    void figures_make_groups_in_time_too_with_a_condition_and_an_order() {
        Selected sum = new Selected.Call(Function.SUM, "total", "sum", "");
        Selected month = new Selected.Call(Function.MONTH, "invoice_date", "", "");
        Extras large = new Extras(Query.Count.EXACT, Optional.empty(), "", new Compare("sum", Operator.GT, "5"));
        Query query = new Query(
                List.of(month, sum), Query.ALL, List.of(new Sort("sum", true)), 10, 0, large);

        Page page = page(INVOICE, query);

        assertThat(page.rows().toString()).isEqualTo(
                "[{month=2026-03-01, sum=10.00}, {month=2026-02-01, sum=8.00}, {month=2026-01-01, sum=6.00}]");
        assertThat(page.total()).hasValue(3);
        assertThat(rows(INVOICE, query(List.of(new Selected.Call(Function.COUNT, "", "", "text")))))
                .isEqualTo("[{count=6}]");
    }

    @Test
    void a_statement_is_kept_and_takes_other_values() {
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i <= 5; i++) {
                Cond where = new Compare("support_rep.first_name", Operator.NE, "x" + i)
                        .and(new Compare("first_name", Operator.IN, List.of("c" + i, "none")));
                Query query = new Query(List.of(column("id")), where, List.of(), 1 + round, 0, false);
                assertThat(rows(CUSTOMER, query)).isEqualTo("[{id=" + i + "}]");
            }
        }
    }

    @Test
    void pages_behind_a_cursor_show_every_record_once_whatever_comes_and_goes() {
        List<Object> seen = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            Extras extras = new Extras(Query.Count.NONE, after, "", Query.ALL);
            Page page = page(CUSTOMER, new Query(
                    List.of(column("id")), Query.ALL, List.of(new Sort("visits", true)), 2, 0, extras));
            page.rows().forEach(row -> assertThat(row).containsOnlyKeys("id"));
            page.rows().forEach(row -> seen.add(row.get("id")));
            after = page.next();
        }
        assertThat(seen).containsExactly(4L, 5L, 2L, 3L, 1L);
        Extras wrong = new Extras(Query.Count.NONE, Optional.of("abc"), "", Query.ALL);
        assertThat(catchThrowableOfType(Refusal.class, () -> page(CUSTOMER, new Query(
                List.of(), Query.ALL, List.of(), 2, 0, wrong))).getMessage()).contains("cursor");
    }

    @Test
    void what_postgresql_cannot_read_is_refused_and_not_a_fault() {
        for (String pattern : List.of("(", "a{99999}", "[[:nope:]]")) {
            Query query = new Query(
                    List.of(), new Compare("first_name", Operator.MATCH, pattern), List.of(), 10, 0, false);
            assertThat(catchThrowableOfType(Refusal.class, () -> page(CUSTOMER, query)).reason())
                    .isIn(Refusal.Reason.MALFORMED, Refusal.Reason.TOO_LARGE);
        }
    }
}
