package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static dev.appos.record.Demo.INVOICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.appos.base.Refusal.Reason;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What creating, reading, changing and removing records promises.
final class RecordEngineTest {

    private static House house;

    @BeforeAll
    static void open() {
        house = new House().with(Demo.snapshot(Demo.employee(), Demo.customer(), Demo.invoice()));
    }

    @AfterEach
    void empty() {
        house.empty();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Map<String, Object> customer(String email) {
        return new HashMap<>(Map.of("first_name", "Ana", "last_name", "Berg", "email", email));
    }

    private long employee() {
        return (Long) house.create(EMPLOYEE, Map.of("first_name", "Jane", "last_name", "Peacock")).get("id");
    }

    private Map<?, ?> get(long id) {
        return (Map<?, ?>) house.call(CUSTOMER, new Input.GetRecord(id, List.of()));
    }

    private Map<?, ?> update(long id, OptionalInt version, Map<String, Object> changes) {
        return (Map<?, ?>) house.call(CUSTOMER, new Input.UpdateRecord(id, version, changes));
    }

    private List<?> history(long id) {
        return (List<?>) house.call(CUSTOMER, new Lifecycle.History(id, 100));
    }

    private Refusal refusal(Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void a_connection_lost_while_a_single_record_is_added_leaves_its_fate_open_and_says_so() {
        house.database.write(sql -> {
            sql.execute("create function crm.cut() returns trigger language plpgsql as"
                    + " $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
            return sql.execute("create trigger cut before insert on crm.employees"
                    + " for each row execute function crm.cut()");
        });
        try {
            Refusal lost = refusal(this::employee);

            assertThat(lost.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(lost).hasMessageContaining("may or may not have been kept");
            assertThat(lost.remedy()).contains("same idempotency key");
        } finally {
            house.database.write(sql -> sql.execute("drop function crm.cut cascade"));
        }
        assertThat(employee()).isPositive();
    }

    @Test
    void a_new_record_comes_back_whole_in_a_stable_order_and_with_java_types() {
        long rep = employee();
        Map<String, Object> given = customer("ana@example.com");
        given.putAll(Map.of(
                "support_rep_id", rep, "credit_limit", new BigDecimal("12.50"), "visits", 3, "newsletter", true,
                "last_seen", Instant.parse("2026-01-02T03:04:05.123456789Z"), "tags", List.of("a", 1, true),
                "extra", Map.of("k", Map.of("deep", 1)), "city", "Zürich \uD83D\uDE00"));

        Map<String, Object> row = house.create(CUSTOMER, given);

        assertThat(row.keySet()).startsWith("id", "version", "first_name", "last_name", "company")
                .endsWith("extra", "created_at", "created_by", "updated_at", "updated_by");
        assertThat(row).contains(
                entry("id", 1L), entry("version", 1), entry("support_rep_id", rep),
                entry("credit_limit", new BigDecimal("12.50")), entry("visits", 3), entry("newsletter", true),
                entry("last_seen", Instant.parse("2026-01-02T03:04:05.123456Z")), entry("tags", List.of("a", 1, true)),
                entry("extra", Map.of("k", Map.of("deep", 1))), entry("city", "Zürich \uD83D\uDE00"),
                entry("status", "ACTIVE"), entry("created_at", House.NOW), entry("created_by", "ana"),
                entry("updated_at", House.NOW), entry("updated_by", "ana"));
        assertThat(row).containsEntry("company", null);
        assertThat(get(1)).isEqualTo(row);
    }

    @Test
    void every_fault_of_a_row_is_named_at_once_with_its_place() {
        Map<String, Object> row = new HashMap<>();
        row.put("first_name", " ");
        row.put("email", "nobody");
        row.put("visits", 1001);
        row.put("credit_limit", new BigDecimal("-1.234"));
        row.put("status", "ACTIV");
        row.put("compnay", "x");
        row.put("version", 2);
        row.put("phone", "call me");
        row.put("city", "x".repeat(41));
        row.put("newsletter", "yes");
        row.put("fax", "a\0b");

        Refusal refusal = refusal(() -> house.create(CUSTOMER, row));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.faults()).extracting(Refusal.Fault::path, Refusal.Fault::code)
                .containsExactlyInAnyOrder(
                        tuple("/first_name", "not_blank"), tuple("/last_name", "required"), tuple("/email", "email"),
                        tuple("/visits", "max"), tuple("/credit_limit", "min"), tuple("/status", "choice"),
                        tuple("/compnay", "unknown"), tuple("/version", "read_only"), tuple("/phone", "pattern"),
                        tuple("/city", "max_length"), tuple("/newsletter", "type"), tuple("/fax", "type"));
        assertThat(refusal.faults().toString()).contains("Did you mean company?", "Did you mean ACTIVE?");
    }

    @Test
    void a_fault_in_one_of_many_rows_names_the_row_and_nothing_is_kept() {
        Refusal refusal = refusal(() -> house.create(CUSTOMER, List.of(customer("a@b.cd"), customer("nobody"))));

        assertThat(refusal.faults()).extracting(Refusal.Fault::path).containsExactly("/1/email");
        assertThat(house.count("select count(*) from crm.customers")).isZero();
    }

    @Test
    void a_taken_value_is_a_conflict_that_names_the_field_and_no_value() {
        house.create(CUSTOMER, customer("a@b.cd"));

        Refusal refusal = refusal(() -> house.create(CUSTOMER, List.of(customer("x@y.zz"), customer("a@b.cd"))));

        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal).hasMessage("A customer with this email exists already.");
        assertThat(house.count("select count(*) from crm.customers")).isEqualTo(1);
        assertThat(house.count("select count(*) from crm.customer_audit_log")).isEqualTo(3);
    }

    @Test
    void a_reference_to_nothing_names_the_row_the_field_and_what_is_missing() {
        Map<String, Object> second = customer("x@y.zz");
        second.put("support_rep_id", 99);

        Refusal refusal = refusal(() -> house.create(CUSTOMER, List.of(customer("a@b.cd"), second)));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.faults()).extracting(Refusal.Fault::path).containsExactly("/1/support_rep_id");
        assertThat(refusal).hasMessageContaining("there is no employee 99");
    }

    @Test
    void a_record_still_referred_to_is_not_removed_and_the_refusal_names_only_what_one_may_see() {
        long id = (Long) house.create(CUSTOMER, customer("a@b.cd")).get("id");
        house.create(INVOICE, Map.of(
                "customer_id", id, "invoice_date", LocalDate.of(2026, 1, 1), "total", new BigDecimal("1.00")));

        Refusal open = refusal(() -> house.call(CUSTOMER, new Input.DeleteRecord(id, OptionalInt.empty())));
        house.hidden.add(INVOICE);
        Refusal hidden = refusal(() -> house.call(CUSTOMER, new Input.DeleteRecord(id, OptionalInt.empty())));

        assertThat(open.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(open).hasMessage("The customer 1 is still referred to by billing.records.invoice.");
        assertThat(hidden).hasMessage("The customer 1 is still referred to by other records.");
        assertThat(history(id)).hasSize(3);
    }

    @Test
    void a_reference_on_set_null_lets_its_target_go() {
        long boss = employee();
        long clerk = (Long) house.create(EMPLOYEE, Map.of(
                "first_name", "Al", "last_name", "Bo", "reports_to_id", boss)).get("id");

        house.call(EMPLOYEE, new Input.DeleteRecord(boss, OptionalInt.empty()));

        assertThat((Map<?, ?>) house.call(EMPLOYEE, new Input.GetRecord(clerk, List.of())))
                .extracting("reports_to_id").isNull();
    }

    @Test
    void an_update_changes_the_named_fields_and_moves_the_version_on() {
        long id = (Long) house.create(CUSTOMER, customer("a@b.cd")).get("id");

        Map<?, ?> row = update(id, OptionalInt.of(1), Map.of("city", "Oslo"));

        assertThat(row).extracting("city", "version", "first_name").containsExactly("Oslo", 2, "Ana");
    }

    @Test
    void an_update_of_a_stale_version_is_refused_and_says_where_the_record_is_by_now() {
        long id = (Long) house.create(CUSTOMER, customer("a@b.cd")).get("id");
        update(id, OptionalInt.of(1), Map.of("city", "Oslo"));
        long plain = employee();
        house.call(EMPLOYEE, new Input.UpdateRecord(plain, OptionalInt.of(1), Map.of("city", "Oslo")));

        Refusal audited = refusal(() -> update(id, OptionalInt.of(1), Map.of("city", "Bergen")));
        Refusal bare = refusal(() ->
                house.call(EMPLOYEE, new Input.UpdateRecord(plain, OptionalInt.of(1), Map.of("city", "Bergen"))));
        Refusal deleted = refusal(() -> house.call(CUSTOMER, new Input.DeleteRecord(id, OptionalInt.of(1))));

        assertThat(List.of(audited, bare, deleted)).extracting(Refusal::reason).containsOnly(Reason.STALE);
        assertThat(audited).hasMessage("The customer 1 is at version 2 by now.");
        assertThat(get(id)).extracting("city").isEqualTo("Oslo");
    }

    @Test
    void an_update_that_changes_nothing_keeps_version_and_history() {
        Map<String, Object> row = customer("a@b.cd");
        row.putAll(Map.of("credit_limit", new BigDecimal("10"), "tags", List.of(1)));
        long id = (Long) house.create(CUSTOMER, row).get("id");
        int before = history(id).size();
        long plain = employee();

        Map<?, ?> same = update(id, OptionalInt.of(1), Map.of(
                "credit_limit", new BigDecimal("10.00"), "email", "a@b.cd", "tags", List.of(1)));
        Map<?, ?> bare = (Map<?, ?>) house.call(
                EMPLOYEE, new Input.UpdateRecord(plain, OptionalInt.empty(), Map.of("first_name", "Jane")));

        assertThat(List.of(same, bare)).extracting("version").containsOnly(1);
        assertThat(history(id)).hasSize(before);
    }

    @Test
    void what_does_not_exist_is_not_found() {
        List<Runnable> calls = List.of(
                () -> get(7),
                () -> update(7, OptionalInt.empty(), Map.of("city", "Oslo")),
                () -> house.call(EMPLOYEE, new Input.UpdateRecord(7, OptionalInt.of(1), Map.of("city", "Oslo"))),
                () -> house.call(CUSTOMER, new Input.DeleteRecord(7, OptionalInt.empty())));

        assertThat(calls).extracting(call -> refusal(call).reason()).containsOnly(Reason.NOT_FOUND);
        assertThatThrownBy(() -> get(7)).hasMessage("There is no customer 7.");
    }

    @Test
    void the_history_tells_each_field_newest_first() {
        long id = (Long) house.create(CUSTOMER, customer("a@b.cd")).get("id");
        house.call(House.AGENT, CUSTOMER, new Input.UpdateRecord(
                id, OptionalInt.empty(), Map.of("city", "Oslo", "visits", 2, "first_name", "Ana")));
        house.call(CUSTOMER, new Input.DeleteRecord(id, OptionalInt.empty()));

        List<?> history = history(id);

        assertThat(history).extracting("operation")
                .containsExactly("delete", "update", "update", "create", "create", "create");
        assertThat(history.getFirst()).extracting("field_name", "new_value", "version")
                .containsExactly("_record", null, 2);
        assertThat((Map<?, ?>) ((Map<?, ?>) history.getFirst()).get("old_value")).extracting("city").isEqualTo("Oslo");
        assertThat(history.subList(1, 3)).extracting("field_name", "old_value", "new_value", "changed_by")
                .containsExactlyInAnyOrder(tuple("city", null, "Oslo", "agent:clerk"),
                        tuple("visits", null, 2, "agent:clerk"));
        assertThat(history.getLast()).extracting("changed_at", "execution_id", "version")
                .containsExactly(House.NOW, "exec_test", 1);
    }

    @Test
    void the_history_cannot_be_rewritten_even_with_sql() {
        house.create(CUSTOMER, customer("a@b.cd"));

        for (String text : List.of("update crm.customer_audit_log set field_name = 'x'",
                "delete from crm.customer_audit_log", "truncate crm.customer_audit_log")) {
            assertThatThrownBy(() -> house.database.write(sql -> sql.execute(text)))
                    .hasMessageContaining("kept as they are");
        }
    }

    @Test
    void a_record_without_history_says_so() {
        assertThatThrownBy(() -> house.call(EMPLOYEE, new Lifecycle.History(1, 10)))
                .hasMessage("There is no field history of crm.records.employee.");
    }

    @Test
    void only_the_platform_gives_ids_and_new_ones_start_after_them() {
        Map<String, Object> row = customer("a@b.cd");
        row.put("id", 50L);

        assertThat(refusal(() -> house.create(CUSTOMER, row)).faults()).extracting(Refusal.Fault::path)
                .containsExactly("/id");
        house.call(House.IMPORT, CUSTOMER, new Input.CreateRecords(List.of(row)));
        assertThat(house.create(CUSTOMER, customer("b@b.cd"))).containsEntry("id", 51L);
        assertThat(refusal(() -> house.call(House.IMPORT, CUSTOMER, new Input.CreateRecords(List.of(row)))).reason())
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void a_thousand_rows_go_in_at_once_and_one_more_does_not() {
        List<Map<String, Object>> rows = IntStream.range(0, 1001)
                .mapToObj(i -> customer("c" + i + "@example.com"))
                .toList();

        assertThat(house.create(CUSTOMER, rows.subList(0, 1000))).extracting(row -> row.get("email"))
                .containsExactlyElementsOf(rows.subList(0, 1000).stream().map(row -> row.get("email")).toList());
        assertThat(refusal(() -> house.create(CUSTOMER, rows)).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void values_that_postgresql_cannot_keep_are_refused_and_never_a_failure() {
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("tags", List.of("a\0b")), Map.of("tags", List.of("\uD800")),
                Map.of("extra", Map.of("k\0", 1)), Map.of("extra", Map.of("k", new BigDecimal("1e400"))),
                Map.of("extra", Map.of("k", new BigDecimal("1e30"))),
                Map.of("city", "\uDC00"), Map.of("email", "\0@b.cd"), Map.of("visits", 99999999999L),
                Map.of("credit_limit", new BigDecimal("1e999999")), Map.of("last_seen", "+999999999-01-01T00:00:00Z"),
                Map.of("support_rep_id", "one"), Map.of("first_name", List.of()))) {
            Map<String, Object> row = customer("a@b.cd");
            row.putAll(bad);
            assertThat(refusal(() -> house.create(CUSTOMER, row)).reason()).as("%s", bad).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void days_and_times_come_back_as_they_were_or_are_refused() {
        Map<String, Object> row = customer("a@b.cd");
        row.put("last_seen", "0001-01-01T00:00:00Z");
        Map<String, Object> dates = new HashMap<>(Map.of(
                "first_name", "A", "last_name", "B", "birth_date", "0001-01-01", "hire_date", "9999-12-31"));

        house.create(CUSTOMER, row);
        house.create(EMPLOYEE, dates);

        assertThat(get(1)).extracting("last_seen").isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
        assertThat((Map<?, ?>) house.call(EMPLOYEE, new Input.GetRecord(1, List.of())))
                .extracting("birth_date", "hire_date")
                .containsExactly(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));
        dates.put("birth_date", LocalDate.of(0, 12, 31));
        assertThat(refusal(() -> house.create(EMPLOYEE, dates))).hasMessageContaining("must not lie before the year 1");
    }

    @Test
    void null_empties_an_optional_field_and_not_a_required_one() {
        Map<String, Object> row = customer("a@b.cd");
        row.put("city", "Oslo");
        long id = (Long) house.create(CUSTOMER, row).get("id");
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("city", null);
        Map<String, Object> missing = new HashMap<>();
        missing.put("status", null);

        assertThat(update(id, OptionalInt.empty(), nothing)).extracting("city", "version").containsExactly(null, 2);
        assertThat(refusal(() -> update(id, OptionalInt.empty(), missing)).faults())
                .extracting(Refusal.Fault::code).containsExactly("required");
    }

    @Test
    void an_empty_update_answers_the_record_and_still_checks_the_version() {
        long id = (Long) house.create(CUSTOMER, customer("a@b.cd")).get("id");

        assertThat(update(id, OptionalInt.of(1), Map.of())).extracting("version").isEqualTo(1);
        assertThat(refusal(() -> update(id, OptionalInt.of(4), Map.of())).reason()).isEqualTo(Reason.STALE);
    }
}
