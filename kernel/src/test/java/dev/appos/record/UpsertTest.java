package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.Input;
import dev.appos.object.Upserted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.api.Test;

/// What adding-or-changing promises, and other changes for each of many records.
final class UpsertTest {

    private static final Ref LINK = new Ref("billing", "records", "playlist_track");

    private static House house;

    @BeforeAll
    static void open() {
        house = new House().with(Demo.chinook());
    }

    @AfterEach
    void empty() {
        house.empty();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static Map<String, Object> customer(String email, String city) {
        return row("first_name", "A", "last_name", "B", "email", email, "city", city);
    }

    private static Upserted upsert(Ref ref, List<String> key, boolean merge, List<Map<String, Object>> rows) {
        return (Upserted) house.call(ref, new Input.UpsertRecords(rows, key, merge));
    }

    private static Upserted byEmail(List<Map<String, Object>> rows) {
        return upsert(CUSTOMER, List.of("email"), true, rows);
    }

    private static Refusal refused(Callable<?> call) {
        return catchThrowableOfType(Refusal.class, call::call);
    }

    private static long history(String operation) {
        return house.count("select count(*) from crm.customer_audit_log where operation = '" + operation + "'");
    }

    @Test
    void what_is_there_is_changed_and_the_rest_added_in_the_order_sent() {
        Object id = house.create(CUSTOMER, customer("b@x.yz", "Oslo")).get("id");
        long kept = history("create");

        Upserted done = byEmail(List.of(
                customer("c@x.yz", "Rome"), row("email", "b@x.yz", "city", "Bergen"), customer("a@x.yz", "Bonn")));

        assertThat(done.added()).containsExactly(true, false, true);
        assertThat(done.rows()).extracting("city").containsExactly("Rome", "Bergen", "Bonn");
        assertThat(done.rows().get(1)).containsEntry("id", id).containsEntry("version", 2)
                .containsEntry("first_name", "A");
        assertThat(history("update")).isEqualTo(1);
        assertThat(history("create")).isEqualTo(kept + 8);
        assertThat(house.count("select count(*) from crm.customers")).isEqualTo(3);
    }

    @Test
    void what_is_already_as_it_is_sent_keeps_its_version() {
        house.create(CUSTOMER, customer("a@x.yz", "Oslo"));

        assertThat(byEmail(List.of(customer("a@x.yz", "Oslo"))).rows().getFirst()).containsEntry("version", 1);
        assertThat(history("update")).isZero();
    }

    @Test
    void duplicates_can_be_left_alone() {
        house.create(CUSTOMER, customer("a@x.yz", "Oslo"));

        Upserted done = upsert(CUSTOMER, List.of("email"), false, List.of(
                customer("a@x.yz", "Rome"), customer("b@x.yz", "Bonn"), customer("b@x.yz", "Lima")));

        assertThat(done.rows()).hasSize(3);
        assertThat(done.rows().getFirst()).isNull();
        assertThat(done.written()).extracting("city").containsExactly("Bonn");
        assertThat(house.count("select count(*) from crm.customers where city in ('Oslo', 'Bonn')")).isEqualTo(2);
    }

    @Test
    void several_columns_that_are_unique_together_are_a_key() {
        Object list = house.create(new Ref("billing", "records", "playlist"), row("name", "P")).get("id");
        Object type = house.create(new Ref("billing", "records", "media_type"), row("name", "M")).get("id");
        Object track = house.create(new Ref("billing", "records", "track"),
                row("name", "T", "media_type_id", type, "milliseconds", 1, "unit_price", 1)).get("id");
        Map<String, Object> link = row("track_id", track, "playlist_id", list);

        Upserted first = upsert(LINK, List.of("track_id", "playlist_id"), true, List.of(link));
        Upserted second = upsert(LINK, List.of("playlist_id", "track_id"), true, List.of(link));

        assertThat(first.added()).containsExactly(true);
        assertThat(second.added()).containsExactly(false);
        assertThat(second.rows()).isEqualTo(first.rows());
    }

    @Test
    void by_its_id_a_record_is_changed_one_without_is_added_and_one_that_is_not_there_refused() {
        Object id = house.create(CUSTOMER, customer("a@x.yz", "Oslo")).get("id");

        Upserted done = upsert(CUSTOMER, List.of(), true, List.of(
                row("id", id, "version", 1, "city", "Bergen"), customer("b@x.yz", "Rome")));
        Refusal stale = refused(() -> upsert(CUSTOMER, List.of("id"), true, List.of(
                row("id", id, "version", 1, "city", "Bonn"))));
        Refusal unknown = refused(() -> upsert(CUSTOMER, List.of(), true, List.of(
                row("id", id, "city", "Bonn"), row("id", 99_999, "city", "Bonn"))));

        assertThat(done.added()).containsExactly(false, true);
        assertThat(stale.reason()).isEqualTo(Reason.STALE);
        assertThat(unknown.faults()).extracting(Fault::path).containsExactly("/1/id");
        assertThat(house.count("select count(*) from crm.customers where city = 'Bonn'")).isZero();
    }

    @Test
    void faults_stand_where_the_row_was_sent() {
        house.create(CUSTOMER, customer("a@x.yz", "Oslo"));
        List<Map<String, Object>> rows = List.of(
                row("email", "a@x.yz", "support_rep_id", 77), customer("z@x.yz", "Rome"), row("email", "b@x.yz"));

        assertThat(refused(() -> byEmail(rows.subList(0, 2))).faults())
                .extracting(Fault::path).containsExactly("/0/support_rep_id");
        assertThat(refused(() -> byEmail(rows.subList(1, 3))).faults())
                .extracting(Fault::path).containsExactlyInAnyOrder("/1/first_name", "/1/last_name");
        assertThat(refused(() -> byEmail(List.of(customer("q@x.yz", "O"), row("email", 5)))).faults())
                .extracting(Fault::path).containsExactly("/1/email");
        assertThat(house.count("select count(*) from crm.customers")).isEqualTo(1);
    }

    @Test
    void the_same_key_twice_no_key_and_half_a_key_are_refused() {
        assertThat(refused(() -> byEmail(List.of(customer("a@x.yz", "Oslo"), customer("a@x.yz", "Rome")))).faults())
                .extracting(Fault::code).containsExactly("twice");
        assertThat(refused(() -> upsert(CUSTOMER, List.of("city"), true, List.of(customer("a@x.yz", "Oslo")))))
                .hasMessageContaining("email or id");
        assertThat(refused(() -> upsert(LINK, List.of("track_id"), true, List.of(row("track_id", 1)))).faults())
                .extracting(Fault::path).containsExactly("/on_conflict");
        assertThat(refused(() -> byEmail(List.of(row("city", "Oslo")))).faults())
                .extracting(Fault::path).containsExactly("/email");
    }

    @Test
    void another_unique_key_that_is_taken_is_a_conflict_and_nothing_is_kept() {
        house.create(CUSTOMER, customer("a@x.yz", "Oslo"));
        Object id = house.create(CUSTOMER, customer("b@x.yz", "Oslo")).get("id");

        Refusal refusal = refused(() -> upsert(CUSTOMER, List.of("id"), true, List.of(
                row("id", id, "city", "Rome"), customer("a@x.yz", "Bonn"))));

        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refused(() -> upsert(CUSTOMER, List.of(), true, List.of(customer("a@x.yz", "Bonn")))).reason())
                .isEqualTo(Reason.CONFLICT);
        assertThat(house.count("select count(*) from crm.customers where city = 'Oslo'")).isEqualTo(2);
    }

    /// Without the second look, all but one of the callers would hear that the record exists already.
    @Test
    void many_who_add_the_same_record_at_once_all_succeed_and_make_one() throws Exception {
        int callers = 12;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Upserted>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int visits = i;
                calls.add(threads.submit(() -> byEmail(IntStream.range(0, 20)
                        .map(n -> visits % 2 == 0 ? n : 19 - n)
                        .mapToObj(n -> {
                            Map<String, Object> row = new HashMap<>(customer("c" + n + "@x.yz", "Oslo"));
                            row.put("visits", visits);
                            return row;
                        })
                        .toList())));
            }
            int added = 0;
            for (Future<Upserted> call : calls) {
                added += (int) call.get().added().stream().filter(Boolean::booleanValue).count();
            }
            assertThat(added).isEqualTo(20);
        }
        assertThat(house.count("select count(*) from crm.customers")).isEqualTo(20);
        assertThat(house.count("select min(version) from crm.customers")).isEqualTo(callers);
    }

    @Test
    void each_of_many_records_gets_its_own_values_or_none_does() {
        List<Map<String, Object>> made = house.create(EMPLOYEE, IntStream.range(0, 5)
                .mapToObj(i -> row("first_name", "F" + i, "last_name", "L")).toList());
        long first = (Long) made.getFirst().get("id");
        List<Input.UpdateRecord> each = new ArrayList<>(IntStream.of(3, 1)
                .mapToObj(i -> new Input.UpdateRecord(first + i, OptionalInt.of(1), row("city", "C" + i)))
                .toList());

        List<?> rows = (List<?>) house.call(EMPLOYEE, new Input.UpdateEach(each));
        assertThat(rows).extracting("city").containsExactly("C3", "C1");

        each.set(1, new Input.UpdateRecord(first + 2, OptionalInt.of(7), row("city", "no")));
        each.set(0, new Input.UpdateRecord(first, OptionalInt.empty(), row("city", "no")));
        Refusal stale = refused(() -> house.call(EMPLOYEE, new Input.UpdateEach(each)));
        assertThat(stale.reason()).isEqualTo(Reason.STALE);
        assertThat(stale.faults()).extracting(Fault::path).containsExactly("/1");
        each.set(1, each.getFirst());
        assertThat(refused(() -> house.call(EMPLOYEE, new Input.UpdateEach(each))).faults())
                .extracting(Fault::code).containsExactly("twice");
        assertThat(house.count("select count(*) from crm.employees where city = 'no'")).isZero();
    }

    private static Map<?, ?> patch(Object id, Object patch) {
        return (Map<?, ?>) house.call(CUSTOMER, new Input.PatchRecord((Long) id, OptionalInt.empty(), patch));
    }

    @Test
    void a_patch_reaches_into_lists_and_objects_and_keeps_history_of_what_it_changed() {
        Map<String, Object> row = new HashMap<>(customer("a@x.yz", "Oslo"));
        row.put("tags", List.of("a", "b"));
        row.put("extra", Map.of("x", Map.of("y", 1), "z", 2));
        Object id = house.create(CUSTOMER, row).get("id");

        Map<?, ?> patched = patch(id, List.of(
                row("op", "test", "path", "/extra/x/y", "value", 1),
                row("op", "add", "path", "/tags/-", "value", "c"),
                row("op", "replace", "path", "/extra/x/y", "value", 5),
                row("op", "copy", "from", "/city", "path", "/state"),
                row("op", "remove", "path", "/city")));
        assertThat(patched.get("tags")).isEqualTo(List.of("a", "b", "c"));
        assertThat(patched.get("extra")).isEqualTo(Map.of("x", Map.of("y", 5), "z", 2));
        assertThat(patched.get("state")).isEqualTo("Oslo");
        assertThat(patched.get("city")).isNull();
        assertThat(history("update")).isEqualTo(4);

        Map<?, ?> merged = patch(id, row("extra", row("z", null, "w", List.of(1)), "company", "ACME"));
        assertThat(merged.get("extra")).isEqualTo(Map.of("x", Map.of("y", 5), "w", List.of(1)));
        assertThat(merged.get("company")).isEqualTo("ACME");
        assertThat(merged.get("version")).isEqualTo(3);
    }

    @Test
    void a_patch_that_does_not_fit_changes_nothing() {
        Object id = house.create(CUSTOMER, customer("a@x.yz", "Oslo")).get("id");
        Map<String, Object> good = row("op", "replace", "path", "/city", "value", "no");

        Refusal test = refused(() -> patch(id, List.of(good, row("op", "test", "path", "/city", "value", "Oslo"))));
        Refusal path = refused(() -> patch(id, List.of(good, row("op", "remove", "path", "/extra/a/b"))));
        Refusal word = refused(() -> patch(id, List.of(good, row("op", "drop", "path", "/city"))));
        Refusal own = refused(() -> patch(id, List.of(good, row("op", "replace", "path", "/version", "value", 9))));
        Refusal unknown = refused(() -> patch(id, row("city", "no", "ctiy", null)));
        List<Map<String, Object>> bomb = new ArrayList<>(List.of(
                row("op", "add", "path", "/extra", "value", row("a", List.of(1, 2, 3)))));
        for (int i = 0; i < 40; i++) {
            bomb.add(row("op", "copy", "from", "/extra", "path", "/extra/x"));
            bomb.add(row("op", "copy", "from", "/extra", "path", "/extra/y"));
        }

        assertThat(test.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(test.faults()).extracting(Fault::path).containsExactly("/1");
        assertThat(path.faults()).extracting(Fault::path).containsExactly("/1");
        assertThat(word.faults()).extracting(Fault::path).containsExactly("/1/op");
        assertThat(own.faults()).extracting(Fault::code).containsExactly("read_only");
        assertThat(unknown.faults()).extracting(Fault::path).containsExactly("/ctiy");
        assertThat(refused(() -> patch(id, bomb)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(house.count("select count(*) from crm.customers where city = 'no'")).isZero();
    }
}
