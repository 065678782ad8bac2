package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Compare;
import dev.appos.api.Cond.Operator;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.Input;
import dev.appos.object.Query;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What changing many records at once, and one record from many sides, promises.
final class BulkTest {

    private static House house;

    @BeforeAll
    static void open() {
        house = new House().with(Demo.snapshot(Demo.employee(), Demo.customer(), Demo.invoice()));
    }

    @BeforeEach
    void fill() {
        house.create(CUSTOMER, IntStream.range(0, 10)
                .mapToObj(i -> Map.<String, Object>of(
                        "first_name", "C" + i, "last_name", "L", "email", "c" + i + "@x.yz", "visits", i,
                        "city", i < 5 ? "Oslo" : "Bergen"))
                .toList());
    }

    @AfterEach
    void empty() {
        house.empty();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Cond is(String path, Operator operator, Object value) {
        return new Compare(path, operator, value);
    }

    private List<?> update(Cond where, Map<String, Object> changes) {
        return (List<?>) house.call(CUSTOMER, new Input.UpdateRecords(where, changes));
    }

    private long history(String operation) {
        return house.count("select count(*) from crm.customer_audit_log where operation = '" + operation + "'");
    }

    @Test
    void every_record_that_fits_is_changed_and_answered_and_no_other() {
        List<?> rows = update(is("visits", Operator.LT, 7), Map.of("city", "Oslo"));

        assertThat(rows).hasSize(7).extracting("city").containsOnly("Oslo");
        assertThat(rows).extracting("version").containsExactly(1, 1, 1, 1, 1, 2, 2);
        assertThat(house.count("select count(*) from crm.customers where city = 'Oslo'")).isEqualTo(7);
        assertThat(history("update")).isEqualTo(2);
    }

    @Test
    void every_record_that_fits_is_removed_and_answered_as_it_was() {
        List<?> rows = (List<?>) house.call(CUSTOMER, new Input.DeleteRecords(is("city", Operator.EQ, "Oslo")));

        assertThat(rows).hasSize(5).extracting("visits").containsExactly(0, 1, 2, 3, 4);
        assertThat(house.count("select count(*) from crm.customers")).isEqualTo(5);
        assertThat(history("delete")).isEqualTo(5);
        assertThat((List<?>) house.call(CUSTOMER, new Input.DeleteRecords(is("id", Operator.EQ, 1)))).isEmpty();
    }

    @Test
    void a_change_without_a_condition_is_refused_however_it_is_wrapped() {
        for (Cond empty : List.of(Query.ALL, new Cond.And(List.of(Query.ALL)), new Cond.Or(List.of()).not())) {
            Refusal updated = catchThrowableOfType(Refusal.class, () -> update(empty, Map.of("city", "X")));
            Refusal deleted = catchThrowableOfType(
                    Refusal.class, () -> house.call(CUSTOMER, new Input.DeleteRecords(empty)));

            assertThat(List.of(updated, deleted)).extracting(Refusal::reason).containsOnly(Reason.INVALID);
        }
        assertThat(house.count("select count(*) from crm.customers where city <> 'X'")).isEqualTo(10);
    }

    @Test
    void a_change_that_fails_for_one_is_made_for_none_and_leaves_no_history() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> update(is("city", Operator.EQ, "Oslo"), Map.of("email", "same@x.yz")));

        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal).hasMessage("A customer with this email exists already.");
        assertThat(history("update")).isZero();
    }

    @Test
    void a_condition_through_a_hidden_reference_changes_nothing() {
        house.hidden.add(EMPLOYEE);

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> update(is("support_rep.city", Operator.IS, null).not(), Map.of("city", "X")));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(history("update")).isZero();
    }

    @Test
    void of_many_who_change_the_same_version_one_wins_and_the_others_hear_so() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> tries = IntStream.range(0, 6).mapToObj(i -> (Callable<Boolean>) () -> {
                try {
                    house.call(CUSTOMER, new Input.UpdateRecord(
                            1, OptionalInt.of(1), Map.of("city", "City" + i)));
                    return true;
                } catch (Refusal refusal) {
                    assertThat(refusal.reason()).isEqualTo(Reason.STALE);
                    return false;
                }
            }).toList();
            List<Future<Boolean>> done = many.invokeAll(tries);
            int won = 0;
            for (Future<Boolean> each : done) {
                won += each.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(history("update")).isEqualTo(1);
    }
}
