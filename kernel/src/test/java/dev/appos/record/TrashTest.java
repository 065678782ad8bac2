package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.Cond;
import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.base.Refusal.Reason;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordTraits;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.secure.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What happens to a record that is deleted softly, to its parts and to what refers to it.
final class TrashTest {

    private static final Ref CLIENT = new Ref("crm", "records", "client");
    private static final Ref ORDER = new Ref("crm", "records", "order");
    private static final Ref LINE = new Ref("crm", "records", "line");
    private static final Ref NOTE = new Ref("crm", "records", "note");
    private static final Ref BILL = new Ref("crm", "records", "bill");
    private static final RecordTraits SOFT = new RecordTraits(true, false, true, 30, false, false, Optional.empty());

    private static House house;

    @BeforeAll
    static void open() {
        RecordDefinition client = Demo.record("crm", "client", true,
                F.text("email", 60).required().unique(), F.of("credit", ValueType.INTEGER)).with(SOFT);
        RecordDefinition order = Demo.record("crm", "order", true,
                F.text("name", 60), F.to(CLIENT, "client", ReferentialAction.CASCADE).required()).with(SOFT);
        RecordDefinition line = Demo.record("crm", "line", true,
                F.text("name", 60), F.to(ORDER, "order", ReferentialAction.CASCADE)).with(SOFT);
        RecordDefinition note = Demo.record("crm", "note", true,
                F.text("name", 60), F.to(CLIENT, "client", ReferentialAction.SET_NULL));
        RecordDefinition bill = Demo.record("crm", "bill", false,
                F.text("name", 60), F.to(CLIENT, "client", ReferentialAction.RESTRICT));
        house = new House().with(Demo.snapshot(client, order, line, note, bill));
    }

    @AfterEach
    void empty() {
        house.empty();
        house.database.write(sql -> sql.execute("delete from appos.record_released"));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static long add(Ref ref, Map<String, Object> row) {
        return (Long) house.create(ref, row).get("id");
    }

    private static long client(String email) {
        return add(CLIENT, Map.of("email", email));
    }

    private static Map<?, ?> delete(Ref ref, long id) {
        return (Map<?, ?>) house.call(ref, new Input.DeleteRecord(id, OptionalInt.empty()));
    }

    private static Map<?, ?> restore(Ref ref, long id) {
        return (Map<?, ?>) house.call(ref, new Lifecycle.Restore(id));
    }

    private static List<Object> ids(Ref ref) {
        Page page = (Page) house.call(ref, new Input.ListRecords(Query.first(100)));
        return page.rows().stream().map(row -> row.get("id")).toList();
    }

    private static List<Object> trash(Ref ref) {
        Page page = (Page) house.call(ref, new Lifecycle.ListTrash(Query.first(100)));
        return page.rows().stream().map(row -> row.get("id")).toList();
    }

    private static Refusal refusal(Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void a_deleted_record_is_gone_on_every_path_and_lies_in_the_trash() {
        long gone = client("a@x.de");
        long there = client("b@x.de");
        long note = add(NOTE, Map.of("name", "n", "client_id", there));

        delete(CLIENT, gone);

        assertThat(ids(CLIENT)).containsExactly(there);
        assertThat(trash(CLIENT)).containsExactly(gone);
        assertThat(house.call(CLIENT, new Input.CountRecords(Query.ALL))).isEqualTo(1L);
        assertThat(refusal(() -> house.call(CLIENT, new Input.GetRecord(gone, List.of()))).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal(() -> delete(CLIENT, gone)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal(() -> house.call(CLIENT, new Input.UpdateRecord(gone, OptionalInt.empty(),
                Map.of("credit", 1)))).reason()).isEqualTo(Reason.NOT_FOUND);
        house.call(CLIENT, new Input.UpdateRecords(new Cond.Compare("id", Cond.Operator.GT, 0L), Map.of("credit", 5)));
        assertThat(house.call(CLIENT, new Input.SumRecords(Query.ALL, "credit"))).hasToString("5");
        assertThat(refusal(() -> house.call(NOTE, new Input.UpdateRecord(note, OptionalInt.empty(),
                Map.of("client_id", gone)))).faults()).extracting(Refusal.Fault::path).containsExactly("/client_id");
        assertThat(refusal(() -> add(BILL, Map.of("name", "b", "client_id", gone))).getMessage())
                .contains("there is no client " + gone);
        assertThat(((Page) house.call(NOTE, new Input.ListRecords(new Query(List.of(),
                new Cond.Compare("client.email", Cond.Operator.EQ, "a@x.de"), List.of(), 10, 0, false)))).rows())
                .isEmpty();
    }

    @Test
    void its_unique_values_are_free_and_taken_again_when_it_wants_to_come_back() {
        long first = client("a@x.de");
        delete(CLIENT, first);

        long second = client("a@x.de");
        Refusal taken = refusal(() -> restore(CLIENT, first));

        assertThat(taken.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(taken.getMessage()).contains("email");
        delete(CLIENT, second);
        assertThat(restore(CLIENT, first).get("email")).isEqualTo("a@x.de");
        assertThatThrownBy(() -> client("a@x.de")).isInstanceOf(Refusal.class);
    }

    @Test
    void parts_go_with_their_whole_and_come_back_with_it_but_not_those_deleted_before() {
        long client = client("a@x.de");
        long order = add(ORDER, Map.of("name", "o", "client_id", client));
        long other = add(ORDER, Map.of("name", "deleted before", "client_id", client));
        long line = add(LINE, Map.of("name", "l", "order_id", order));
        delete(ORDER, other);

        delete(CLIENT, client);

        assertThat(ids(LINE)).isEmpty();
        Refusal part = refusal(() -> restore(LINE, line));
        assertThat(part.getMessage()).contains("as a part of client " + client);
        restore(CLIENT, client);
        assertThat(ids(ORDER)).containsExactly(order);
        assertThat(ids(LINE)).containsExactly(line);
        assertThat(trash(ORDER)).containsExactly(other);
    }

    @Test
    void what_may_not_lose_it_holds_it_and_what_may_gets_it_back() {
        long client = client("a@x.de");
        long note = add(NOTE, Map.of("name", "n", "client_id", client));
        long bill = add(BILL, Map.of("name", "b", "client_id", client));

        Refusal held = refusal(() -> delete(CLIENT, client));
        assertThat(held.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(held.getMessage()).contains("crm.records.bill");
        assertThat(ids(CLIENT)).containsExactly(client);

        delete(BILL, bill);
        delete(CLIENT, client);
        assertThat(((Map<?, ?>) house.call(NOTE, new Input.GetRecord(note, List.of()))).get("client_id")).isNull();
        restore(CLIENT, client);
        assertThat(((Map<?, ?>) house.call(NOTE, new Input.GetRecord(note, List.of()))).get("client_id"))
                .isEqualTo(client);
    }

    @Test
    void many_deleted_at_once_come_back_one_by_one() {
        long one = client("a@x.de");
        long two = client("b@x.de");
        add(ORDER, Map.of("name", "o", "client_id", two));
        house.call(CLIENT, new Input.DeleteRecords(new Cond.Compare("id", Cond.Operator.GT, 0L)));

        restore(CLIENT, one);

        assertThat(ids(CLIENT)).containsExactly(one);
        assertThat(ids(ORDER)).isEmpty();
        restore(CLIENT, two);
        assertThat(ids(ORDER)).hasSize(1);
    }

    @Test
    void history_tells_of_deletion_and_return_and_the_version_moves_on() {
        long client = client("a@x.de");
        delete(CLIENT, client);

        assertThat(restore(CLIENT, client).get("version")).isEqualTo(3);
        List<?> history = (List<?>) house.call(CLIENT, new Lifecycle.History(client, 10));
        List<String> told = history.stream().map(each -> (String) ((Map<?, ?>) each).get("operation")).toList();
        assertThat(told).startsWith("restore", "delete", "create");
    }

    @Test
    void removing_for_good_takes_it_from_the_trash_and_from_among_the_living() {
        long one = client("a@x.de");
        long two = client("b@x.de");
        long order = add(ORDER, Map.of("name", "o", "client_id", two));
        delete(CLIENT, one);

        house.call(CLIENT, new Lifecycle.Purge(one));
        house.call(CLIENT, new Lifecycle.Purge(two));

        assertThat(trash(CLIENT)).isEmpty();
        assertThat(ids(CLIENT)).isEmpty();
        assertThat(house.count("select count(*) from crm.orders where id = " + order)).isZero();
    }

    @Test
    void what_is_old_leaves_the_trash_and_what_is_held_stays() {
        Principal sweeper = new Principal.Platform("trash");
        long old = client("a@x.de");
        long line = add(LINE, Map.of("name", "l"));
        delete(CLIENT, old);
        delete(LINE, line);

        Object early = house.call(sweeper, CLIENT, new Lifecycle.EmptyTrash(House.NOW));
        Object late = house.call(
                sweeper, CLIENT, new Lifecycle.EmptyTrash(House.NOW.plus(Duration.ofSeconds(1))));

        assertThat(early).isEqualTo(0L);
        assertThat(late).isEqualTo(1L);
        assertThat(trash(CLIENT)).isEmpty();
        assertThat(trash(LINE)).containsExactly(line);
    }
}
