package dev.appos.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.SettableClock;
import dev.appos.store.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that events start: of records and of what apps tell, in whose name, and what is left of starts that fail.
final class EventStartTest {

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "title: Shop\ngroups: [staff, keepers]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/records/Records.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Order(String text, int total) {}

                    @Record(view = "staff", create = "staff") record Loop(String text) {}
                    """,
            "shop/rules/Rules.java", """
                    @ExpressionRule(use = "staff")
                    boolean large(long orderId, Map<String, Object> told) {
                        return records.order.get(orderId).total() > 100;
                    }

                    @ExpressionRule(use = "staff")
                    boolean sent(long orderId) { return orderId != 13; }

                    @ExpressionRule(use = "staff")
                    void pay(long orderId) { ctx.log().event("paid", "", Map.of("order_id", orderId)); }
                    """,
            "shop/processes/Processes.java", """
                    @OnEvent("shop.records.order.created") @Process(use = "staff", displayName = "Pack {orderId}")
                    void pack(long orderId) {}

                    @OnEvent("shop.records.order.created") @Process(use = "keepers")
                    void audit(long orderId) {}

                    @OnEvent(value = "shop.records.order.created", when = "large") @Process(use = "staff")
                    void inspect(long orderId, Map<String, Object> told) { ctx.var("by", told.get("by")); }

                    @OnEvent("shop.records.loop.created") @Process(use = "staff")
                    void again(long id) {
                        step("again", () -> { records.loop.create(l -> l.text("again")); });
                    }

                    @OnEvent(value = "shop.events.paid", when = "sent") @Process(use = "staff")
                    void ship(long orderId) { ctx.var("order", orderId); }

                    @OnEvent("shop.events.paid") @Process(use = "keepers", view = "staff")
                    void book(long orderId) {}
                    """);

    @TempDir
    private Path home;

    private Nightly node;
    private Principal clerk;

    @BeforeEach
    void begin() {
        node = new Nightly(home, TestPostgres.settings(), new SettableClock(), SOURCES);
        clerk = node.user("cleo", Principal.Type.BASIC, List.of("staff"));
    }

    @AfterEach
    void end() {
        node.close();
    }

    private List<Map<String, Object>> of(String process) {
        return node.instances().stream().filter(each -> each.get("process").equals("shop.processes." + process))
                .toList();
    }

    private void create(String record, Map<String, Object> values) {
        node.call(clerk, "shop.records." + record, new Input.CreateRecords(List.of(values)));
    }

    @Test
    void a_record_starts_processes_in_its_own_transaction_and_those_refused_stop_nobody() {
        create("order", Map.of("text", "small", "total", 5));

        // No runner and no event runner are at work yet: what is here was started with the record.
        assertThat(of("pack")).hasSize(1).first().satisfies(each -> assertThat(each)
                .containsEntry("triggered_by", "event:shop.records.order.created")
                .containsEntry("started_by", "cleo").containsEntry("display_name", "Pack 1"));
        assertThat(of("audit")).as("the clerk may not").isEmpty();
        assertThat(of("inspect")).as("it is a small one").isEmpty();
        create("order", Map.of("text", "large", "total", 500));
        assertThat(of("inspect")).hasSize(1);

        node.run();
        node.until(() -> Nightly.items(node.rule("list_record_events", Map.of("dead", true))).size() == 2);
        assertThat(Nightly.items(node.rule("list_record_events", Map.of("dead", true))))
                .allSatisfy(each -> assertThat(each).containsEntry("event", "shop.processes.audit"));
        node.until(() -> of("inspect").getFirst().get("variables").equals(Map.of("by", "cleo")));
    }

    @Test
    void a_record_that_is_not_kept_starts_nothing() {
        assertThatThrownBy(() -> node.call(clerk, "shop.records.order", new Input.CreateRecords(
                List.of(Map.of("text", "first", "total", 1), Map.of("text", "second", "total", "much")))))
                .isInstanceOf(Refusal.class);
        assertThat(node.instances()).isEmpty();
    }

    @Test
    void a_process_that_writes_what_starts_it_comes_to_an_end_that_says_why() {
        node.run();
        create("loop", Map.of("text", "first"));
        node.until(() -> Nightly.items(node.rule("list_record_events", Map.of())).stream()
                .anyMatch(each -> String.valueOf(each.get("error")).contains("follow from each other without end")));
        assertThat(of("again")).hasSize(8);
    }

    @Test
    void what_an_app_tells_starts_who_listens() {
        node.call(clerk, "shop.rules.pay", new Input.Run(Map.of("order_id", 7)));
        node.call(clerk, "shop.rules.pay", new Input.Run(Map.of("order_id", 13)));

        assertThat(of("ship")).hasSize(1).first().satisfies(each -> assertThat(each)
                .containsEntry("triggered_by", "event:shop.events.paid").containsEntry("started_by", "cleo"));
        assertThat(of("book")).isEmpty();
        assertThat(Nightly.items(node.rule("list_app_events", Map.of("app", "shop"))))
                .extracting(each -> each.get("event_type"))
                .containsExactly("paid.not_started", "paid", "paid.not_started", "paid");
    }

    @Test
    void a_program_fires_an_event_and_hears_what_came_of_each() {
        Principal program = node.user("till", Principal.Type.SERVICE_ACCOUNT, List.of("staff"));
        Input fire = new Input.Run(Map.of("event", "shop.events.paid", "data", Map.of("order_id", 7)));

        List<Map<String, Object>> came = Nightly.items(node.call(program, "platform.rules.fire_event", fire));

        assertThat(came).hasSize(2);
        assertThat(came).anySatisfy(each -> assertThat(each)
                .containsEntry("process", "shop.processes.ship").containsKey("instance_id"));
        assertThat(came).anySatisfy(each -> assertThat(each)
                .containsEntry("process", "shop.processes.book").containsKey("error"));
        assertThat(Nightly.items(node.call(program, "platform.rules.fire_event",
                new Input.Run(Map.of("event", "shop.events.nobody_listens"))))).isEmpty();
        assertThatThrownBy(() -> node.call(clerk, "platform.rules.fire_event", fire))
                .isInstanceOfSatisfying(Refusal.class, refusal ->
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FORBIDDEN));
    }
}
