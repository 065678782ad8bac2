package dev.appos.process;

import static dev.appos.api.Words.signal;
import static dev.appos.api.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.Door;
import dev.appos.api.Flow;
import dev.appos.object.Input;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Processes that start others, and wait for them or do not.
final class ChildTest {

    private static final Map<String, Class<?>> GO = Map.of("go", Long.class);

    private final DatabaseSettings settings = TestPostgres.settings();
    private final TestApp app = new TestApp();
    private TestNode node;

    public record Bill(long id, BigDecimal total) {}

    @AfterEach
    void close() {
        node.close();
    }

    private void run() {
        node = new TestNode(settings, app).run();
    }

    private static Object child(String name, long id) {
        return Flow.current().child("crm.processes." + name, id);
    }

    private List<UUID> instances(String name) {
        return node.database.read(sql -> sql.fetch(
                "select id from appos.process_instance where process = ?", "crm.processes." + name)
                .getValues(0, UUID.class));
    }

    private void send(UUID id) {
        node.call("platform.rules.signal_process", new Input.Run(
                Map.of("id", id.toString(), "name", "go", "value", Map.of("value", 1))));
    }

    private Map<String, Object> kin(UUID id, boolean visible) {
        return node.database.read(sql -> Children.of(sql, id, _ -> visible));
    }

    private UUID parkedChild(String name) {
        assertThat(TestNode.until(() -> instances(name).size() == 1)).isTrue();
        UUID child = instances(name).getFirst();
        node.parks(child);
        return child;
    }

    @Test
    void a_process_gets_the_answer_of_another_with_its_type_and_each_knows_the_other() {
        app.process("bill", GO, arguments -> {
                    signal("go", Long.class);
                    return new Bill((long) arguments[0], new BigDecimal("12.50"));
                })
                .process("order", _ -> {
                    Bill bill = (Bill) child("bill", 3);
                    return step("note", () -> bill.id() + " " + bill.total());
                });
        run();
        UUID parent = node.start("order");
        UUID bill = parkedChild("bill");
        node.parks(parent);
        assertThat(node.step(parent, "bill")).containsEntry("status", "waiting");

        send(bill);
        node.reaches(parent, "completed");

        assertThat(node.get(parent)).containsEntry("outputs", "3 12.50");
        assertThat(node.get(bill).get("triggered_by")).isEqualTo("process:" + parent);
        Map<String, Object> kin = kin(parent, true);
        assertThat(kin).containsEntry("parent_instance_id", null).containsEntry("children", List.of(Map.of(
                "instance_id", bill.toString(), "process", "crm.processes.bill", "status", "completed",
                "awaited", true)));
        assertThat(kin(bill, true))
                .containsEntry("parent_instance_id", parent.toString());
        assertThat(kin(parent, false))
                .containsEntry("children", List.of());
    }

    @Test
    void what_made_the_child_fail_is_told_by_the_parent_which_may_go_on() {
        app.process("bill", _ -> {
                    throw new IllegalStateException("no money");
                })
                .process("order", _ -> {
                    try {
                        return child("bill", 3);
                    } catch (RuntimeException failed) {
                        return step("note", failed::getMessage);
                    }
                })
                .process("strict", _ -> child("bill", 3));
        run();
        UUID order = node.start("order");
        UUID strict = node.start("strict");
        node.reaches(order, "completed");
        node.reaches(strict, "failed");

        assertThat(String.valueOf(node.get(order).get("outputs"))).contains("crm.processes.bill", "no money");
        assertThat(node.error(strict)).startsWith("bill: crm.processes.bill (").contains("no money");
    }

    @Test
    void who_ends_a_process_ends_those_it_waits_for_and_not_those_it_only_started() {
        app.process("bill", GO, _ -> signal("go", Long.class))
                .process("free", GO, _ -> signal("go", Long.class))
                .process("order", _ -> {
                    step("let go", () -> Door.current().start("crm.processes.free", 1L).toString());
                    return child("bill", 3);
                });
        run();
        UUID parent = node.start("order");
        UUID bill = parkedChild("bill");
        node.parks(parent);

        node.database.write(sql -> {
            new ProcessControl().cancel(sql, parent);
            return parent;
        });
        node.reaches(parent, "cancelled");
        node.reaches(bill, "cancelled");

        UUID free = instances("free").getFirst();
        assertThat(node.status(free)).isEqualTo("waiting");
    }

    /// A parent whose node died after the child was started and before the journal knew of it.
    private UUID diesAfterTheStart() {
        app.process("bill", GO, _ -> signal("go", Long.class))
                .process("order", _ -> child("bill", 3));
        run();
        UUID parent = node.start("order");
        parkedChild("bill");
        node.parks(parent);
        node.crash();
        node.database.write(sql -> sql.execute(
                "delete from appos.process_step where instance_id = ?", parent));
        node.database.write(sql -> sql.execute(
                "update appos.process_ready set wake_at = now() where id = ?", parent));
        return parent;
    }

    @Test
    void there_is_one_child_though_the_node_dies_after_its_start() {
        UUID parent = diesAfterTheStart();
        try (TestNode second = new TestNode(settings, app).run()) {
            assertThat(TestNode.until(() -> "waiting".equals(second.step(parent, "bill").get("status")))).isTrue();
            send(instances("bill").getFirst());
            second.reaches(parent, "completed");
            assertThat(instances("bill")).hasSize(1);
        }
    }

    @Test
    void without_the_answer_kept_with_the_start_there_would_be_two() {
        UUID parent = diesAfterTheStart();
        node.database.write(sql -> sql.execute("delete from appos.answer"));
        try (TestNode second = new TestNode(settings, app).run()) {
            assertThat(TestNode.until(() -> "waiting".equals(second.step(parent, "bill").get("status")))).isTrue();
            assertThat(instances("bill")).hasSize(2);
        }
    }

    @Test
    void a_process_that_waits_for_itself_is_stopped() {
        app.process("again", _ -> child("again", 1));
        run();
        UUID first = node.start("again");
        node.reaches(first, "failed");

        assertThat(instances("again")).hasSize(17);
        assertThat(node.error(instances("again").stream().max(UUID::compareTo).orElseThrow()))
                .contains("wait for each other 16 deep");
    }
}
