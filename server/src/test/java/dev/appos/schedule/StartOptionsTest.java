package dev.appos.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.SettableClock;
import dev.appos.store.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts under a key, at a later time, and of what only a reference names.
final class StartOptionsTest {

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "title: Shop\ngroups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/rules/Rules.java", """
                    @ExpressionRule(use = "staff")
                    String ship(long orderId) {
                        return Start.of("shop.processes.send").once("order " + orderId)
                                .with(Map.of("order_id", orderId)).toString();
                    }

                    @ExpressionRule(use = "staff")
                    void wrong(long orderId) {
                        Start.of("shop.processes.send").once("order 1").with(Map.of("order_id", orderId));
                    }

                    @ExpressionRule(use = "staff")
                    void later(String process) { Start.of(process).after("3 days").with(Map.of("order_id", 1)); }
                    """,
            "shop/processes/Processes.java", """
                    @Process(use = "staff") void send(long orderId) {}
                    """);

    @TempDir
    private Path home;

    private static Input run(String name, Object value) {
        return new Input.Run(Map.of(name, value));
    }

    @Test
    void a_key_is_started_once_whoever_asks_and_another_time_is_waited_for() {
        try (Nightly node = new Nightly(home, TestPostgres.settings(), new SettableClock(), SOURCES)) {
            Principal ana = node.user("ana", Principal.Type.BASIC, List.of("staff"));
            Principal bo = node.user("bo", Principal.Type.BASIC, List.of("staff"));
            Object first = node.call(ana, "shop.rules.ship", run("order_id", 1));
            assertThat(node.call(bo, "shop.rules.ship", run("order_id", 1))).isEqualTo(first);
            assertThat(node.call(bo, "shop.rules.ship", run("order_id", 2))).isNotEqualTo(first);
            assertThatThrownBy(() -> node.call(bo, "shop.rules.wrong", run("order_id", 3)))
                    .hasMessageContaining("already used");

            node.call(ana, "shop.rules.later", run("process", "shop.processes.send"));
            assertThatThrownBy(() -> node.call(ana, "shop.rules.later", run("process", "shop.processes.sent")))
                    .hasMessageContaining("no object called");
            node.run();
            node.until(() -> node.instances().stream()
                    .filter(each -> each.get("status").equals("completed")).count() == 2);
            assertThat(node.instances()).hasSize(3)
                    .anySatisfy(each -> assertThat(each).containsEntry("status", "waiting"));
        }
    }
}
