package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.base.Refusal.Reason;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.EventLog;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.Page;
import dev.appos.object.Query;
import dev.appos.rule.AppHouse;
import dev.appos.secure.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Taking back, merging, who read what, what an app tells, and what is removed at night.
final class LifeTest {

    private static final String DEAL = "desk.records.deal";
    private static final String NOTE = "desk.records.note";

    private static final Map<String, String> SOURCES = Map.of(
            "desk/app.yaml", "title: Desk\ngroups: [staff, bosses]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "desk/records/Deal.java", """
                    @Record(audit = true, auditReads = true, softDelete = true, trashDays = 7, view = "staff",
                            create = "staff", update = "staff", delete = "staff", admin = "bosses")
                    record Deal(@NotBlank String title, BigDecimal amount, String note,
                            @Restricted(view = "bosses") String secret) {}
                    """,
            "desk/records/Note.java", """
                    @Record(audit = true, view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Note(String text, @BelongsTo Deal deal) {}
                    """,
            "desk/rules/Rules.java", """
                    @ExpressionRule
                    long sell(String title) {
                        long id = records.deal.create(d -> d.title(title).amount("5"));
                        records.note.create(n -> n.text("sold").dealId(id));
                        ctx.log().event("deal.sold", "desk.records.deal/" + id, Map.of("title", title));
                        return id;
                    }

                    @ExpressionRule
                    void raise(long id, String amount) {
                        records.deal.update(id, d -> d.amount(amount).note("raised"));
                        records.deal.update(id, d -> d.note("raised twice"));
                    }

                    @ExpressionRule
                    void fail() {
                        ctx.log().event("never", Map.of());
                        throw reject("no");
                    }
                    """);

    @TempDir
    private static Path folder;

    private static AppHouse house;
    private static int executions;

    @BeforeAll
    static void open() {
        house = new AppHouse(folder, SOURCES);
        house.world.user("boss", Principal.Type.BASIC, "staff", "bosses");
    }

    @BeforeEach
    void empty() {
        house.world.database.write(sql -> {
            sql.execute("set local session_replication_role = replica");
            return sql.execute("truncate desk.deals, desk.notes, desk.deal_audit_log, desk.note_audit_log,"
                    + " appos.record_read, appos.event_log restart identity");
        });
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /// Makes a call and answers its execution id.
    private static String as(String user, String ref, Input input) {
        String execution = "exec_" + ++executions;
        house.dispatcher.dispatch(
                new Context(house.principal(user), execution, house.world.clock.instant()),
                Call.of(Ref.of(ref), input));
        return execution;
    }

    private static Object call(String user, String ref, Input input) {
        return house.call(user, ref, input, Origin.NONE);
    }

    private static Map<?, ?> get(String ref, long id) {
        return (Map<?, ?>) call("boss", ref, new Input.GetRecord(id, List.of()));
    }

    private static void deal(String title) {
        as("boss", DEAL, new Input.CreateRecords(List.of(
                new HashMap<>(Map.of("title", title, "amount", 5, "note", "n", "secret", "s")))));
    }

    private static String update(String user, long id, Map<String, Object> changes) {
        return as(user, DEAL, new Input.UpdateRecord(id, OptionalInt.empty(), changes));
    }

    private static Map<?, ?> undo(String user, String execution) {
        return (Map<?, ?>) house.run(user, "platform.rules.undo", Map.of("execution_id", execution));
    }

    @Test
    void a_return_from_the_trash_tells_nobody_what_is_hidden_from_him_nor_what_was_a_field_once() {
        deal("one");
        as("boss", DEAL, new Input.DeleteRecord(1, OptionalInt.empty()));
        as("boss", DEAL, new Lifecycle.Restore(1));
        house.world.database.write(sql -> sql.execute("""
                insert into desk.deal_audit_log (record_id, version, field_name, new_value, operation, changed_by,
                        changed_at, execution_id)
                values (1, 1, 'gone', '"was a secret"', 'create', 'boss', now(), 'x')"""));

        String staff = call("ana", DEAL, new Lifecycle.History(1, 50)).toString();

        assertThat(staff).contains("restore", "title=one").doesNotContain("secret");
        assertThat(call("boss", DEAL, new Lifecycle.History(1, 50)).toString()).contains("secret=s");
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
    void a_stale_change_is_answered_with_all_three_sides_as_far_as_the_caller_may_see_them() {
        deal("one");
        update("boss", 1, Map.of("note", "theirs", "secret", "hidden"));

        Refusal stale = refusal(() -> as("ana", DEAL,
                new Input.UpdateRecord(1, OptionalInt.of(1), Map.of("note", "mine", "title", "two"))));

        assertThat(stale.reason()).isEqualTo(Reason.STALE);
        assertThat(stale.details()).containsEntry("conflicts", List.of("note")).containsEntry("mergeable", false);
        Map<?, ?> base = (Map<?, ?>) stale.details().get("base");
        assertThat(base.get("note")).isEqualTo("n");
        assertThat(base.get("version")).isEqualTo(1);
        assertThat(((Map<?, ?>) stale.details().get("theirs")).get("note")).isEqualTo("theirs");
        assertThat(((Map<?, ?>) stale.details().get("yours")).get("note")).isEqualTo("mine");
        assertThat(stale.details().toString()).doesNotContain("hidden", "secret");
        Refusal wider = refusal(() -> as("boss", DEAL,
                new Input.UpdateRecord(1, OptionalInt.of(1), Map.of("note", "mine"))));
        assertThat(wider.details().toString()).contains("secret=hidden", "secret=s");
    }

    @Test
    void a_change_of_other_fields_is_merged_where_that_is_wanted() {
        deal("one");
        update("boss", 1, Map.of("note", "theirs"));
        Input.UpdateRecord beside = new Input.UpdateRecord(1, OptionalInt.of(1), Map.of("amount", 7), true);
        Input.UpdateRecord against = new Input.UpdateRecord(1, OptionalInt.of(1), Map.of("note", "mine"), true);

        assertThat(refusal(() -> as("ana", DEAL, new Input.UpdateRecord(
                1, OptionalInt.of(1), Map.of("amount", 7)))).details()).containsEntry("mergeable", true);
        as("ana", DEAL, beside);

        assertThat(refusal(() -> as("ana", DEAL, against)).reason()).isEqualTo(Reason.STALE);
        assertThat(get(DEAL, 1).get("note")).isEqualTo("theirs");
        assertThat(get(DEAL, 1).get("amount")).hasToString("7");
    }

    @Test
    void an_execution_is_taken_back_whole() {
        String sold = as("ana", "desk.rules.sell", new Input.Run(Map.of("title", "one")));

        Map<?, ?> undone = undo("ana", sold);

        assertThat((List<?>) undone.get("undone")).hasSize(2);
        assertThat(call("ana", DEAL, new Input.CountRecords(Query.ALL))).isEqualTo(0L);
        assertThat(call("ana", NOTE, new Input.CountRecords(Query.ALL))).isEqualTo(0L);
    }

    @Test
    void several_changes_of_one_execution_go_back_to_before_the_first() {
        deal("one");
        String raised = as("ana", "desk.rules.raise", new Input.Run(Map.of("id", 1L, "amount", "9")));

        undo("ana", raised);

        assertThat(get(DEAL, 1).get("note")).isEqualTo("n");
        assertThat(get(DEAL, 1).get("amount")).hasToString("5");
        assertThat(get(DEAL, 1).get("secret")).isEqualTo("s");
    }

    @Test
    void a_deletion_is_taken_back_from_the_trash_and_an_undo_can_be_undone() {
        deal("one");
        String deleted = as("ana", DEAL, new Input.DeleteRecord(1, OptionalInt.empty()));

        undo("ana", deleted);

        assertThat(get(DEAL, 1).get("title")).isEqualTo("one");
    }

    @Test
    void what_others_changed_since_is_not_taken_back_and_neither_is_the_rest() {
        String sold = as("ana", "desk.rules.sell", new Input.Run(Map.of("title", "one")));
        update("boss", 1, Map.of("note", "mine now"));

        Refusal since = refusal(() -> undo("ana", sold));

        assertThat(since.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(since.getMessage()).contains("deal 1 was changed since");
        assertThat(call("ana", NOTE, new Input.CountRecords(Query.ALL))).isEqualTo(1L);
    }

    @Test
    void taking_back_takes_the_rights_that_doing_it_by_hand_takes() {
        deal("one");
        String secret = update("boss", 1, Map.of("secret", "other"));
        house.world.user("guest", Principal.Type.BASIC, "guests");

        assertThat(refusal(() -> undo("ana", secret)).reason()).isEqualTo(Reason.INVALID);
        assertThat(get(DEAL, 1).get("secret")).isEqualTo("other");
        assertThat(refusal(() -> undo("guest", secret)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal(() -> undo("ana", "exec_nothing")).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void who_read_which_record_is_kept_and_told_to_those_who_may_do_everything_with_it() {
        deal("one");
        deal("two");
        call("ana", DEAL, new Input.GetRecord(1, List.of()));
        call("ana", DEAL, new Input.ListRecords(Query.first(10)));
        Page titles = (Page) call("ana", DEAL, new Input.ListRecords(new Query(
                List.of(new Query.Selected.Column("title")), Query.ALL, List.of(), 10, 0, false)));
        assertThat(titles.rows()).containsExactly(Map.of("title", "one"), Map.of("title", "two"));
        call("ana", DEAL, new Input.CountRecords(Query.ALL));
        Map<String, Object> asked = Map.of("ref", DEAL, "id", 2L);

        Map<?, ?> told = (Map<?, ?>) house.run("boss", "platform.rules.list_record_reads", asked);

        assertThat((List<?>) told.get("items")).hasSize(2);
        assertThat(told.toString()).contains("record_ids=[1, 2]", "read_by=ana", "exec_ana");
        assertThat(refusal(() -> house.run("ana", "platform.rules.list_record_reads", asked)).reason())
                .isEqualTo(Reason.NOT_FOUND);
        call("ana", NOTE, new Input.ListRecords(Query.first(10)));
        Long readings = house.world.database.read(
                sql -> sql.fetchSingle("select count(*) from appos.record_read").get(0, Long.class));
        assertThat(readings).isEqualTo(3);
    }

    @Test
    void an_app_tells_what_happened_and_what_was_undone_was_never_told() {
        as("ana", "desk.rules.sell", new Input.Run(Map.of("title", "one")));
        refusal(() -> as("ana", "desk.rules.fail", new Input.Run(Map.of())));

        List<Map<String, Object>> told = house.world.database.read(sql -> EventLog.page(sql, new EventLog.Wanted(
                "desk", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), 10));

        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).containsEntry("event_type", "deal.sold")
                .containsEntry("event_source", "desk.rules.sell").containsEntry("object_ref", DEAL + "/1")
                .containsEntry("user_id", "ana").containsEntry("data", Map.of("title", "one"));
    }

    @Test
    void the_trash_is_emptied_when_its_days_are_over_and_not_before() {
        deal("one");
        as("ana", DEAL, new Input.DeleteRecord(1, OptionalInt.empty()));

        house.world.clock.forward(Duration.ofDays(6));
        assertThat(cleaned()).containsEntry(DEAL, 0L);
        house.world.clock.forward(Duration.ofDays(2));
        assertThat(cleaned()).containsEntry(DEAL, 1L);

        assertThat(refusal(() -> call("boss", DEAL, new Lifecycle.Restore(1))).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void what_was_told_and_read_is_forgotten_after_a_year() {
        as("ana", "desk.rules.sell", new Input.Run(Map.of("title", "one")));
        call("ana", DEAL, new Input.GetRecord(1, List.of()));

        house.world.clock.forward(Duration.ofDays(300));
        assertThat(cleaned()).containsEntry("events", 0).containsEntry("reads", 0);
        house.world.clock.forward(Duration.ofDays(100));
        assertThat(cleaned()).containsEntry("events", 1).containsEntry("reads", 1);
    }

    @SuppressWarnings("unchecked") // the answer of the rule
    private static Map<String, Object> cleaned() {
        Context context = new Context(
                new Principal.Platform("clean-up"), "exec_clean", house.world.clock.instant());
        return (Map<String, Object>) house.dispatcher.dispatch(
                context, Call.of(Ref.of("platform.rules.clean_up_records"), new Input.Run(Map.of())));
    }
}
