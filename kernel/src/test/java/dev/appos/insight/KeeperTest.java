package dev.appos.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.registry.Registry;
import dev.appos.secure.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written down behind the calls: changes, uses that were seen, files.
class KeeperTest {

    private final World world = new World();
    private final List<RuntimeException> failures = new ArrayList<>();

    @TempDir
    private Path state;

    private Node node;

    /// One server on the platform's database.
    private final class Node {

        final Registry registry = new Registry();
        final Keeper keeper = new Keeper(new Keeper.Parts(
                registry, world.database, Metrics.NONE, world.ids, world.clock, state, failures::add));

        Node live(Map<Ref, String> versions) {
            registry.swap(Sources.at(versions));
            keeper.look();
            return this;
        }

        Graph graph() {
            return Edges.graph(registry.current(), Edges.seen(registry.observed()), List.of());
        }
    }

    @BeforeEach
    void start() {
        node = new Node().live(Map.of());
    }

    @AfterEach
    void close() {
        world.close();
        assertThat(failures).isEmpty();
    }

    private List<String> changes(Duration window) {
        return world.database.read(sql -> RegistryTable.changes(
                        sql, Optional.empty(), Optional.of(world.clock.instant().minus(window)), 100)).stream()
                .map(change -> change.get("change_type") + " " + change.get("object_ref") + " "
                        + change.get("old_hash") + " " + change.get("new_hash"))
                .toList();
    }

    @Test
    void a_change_is_entered_once_though_two_nodes_go_live_with_it() {
        assertThat(changes(Duration.ZERO)).hasSize(8).contains("added crm.records.customer null 1");
        world.clock.forward(Duration.ofHours(1));
        Map<Ref, String> next = Map.of(Sources.LTV, "2", Sources.REFUND, "");
        node.live(next);
        new Node().live(next);
        new Node().live(next).live(next);

        assertThat(changes(Duration.ZERO)).containsExactlyInAnyOrder(
                "modified crm.rules.customer_ltv 1 2", "removed crm.rules.refund 1 null");
        assertThat(world.database.read(RegistryTable::registered))
                .hasSize(7)
                .containsEntry("crm.rules.customer_ltv", world.clock.instant())
                .containsEntry("crm.records.customer", world.clock.instant().minus(Duration.ofHours(1)));
    }

    @Test
    void before_the_first_apps_are_live_nothing_was_removed() {
        world.clock.forward(Duration.ofHours(1));
        Node fresh = new Node();
        fresh.keeper.look();
        fresh.keeper.refresh();

        assertThat(changes(Duration.ZERO)).isEmpty();
    }

    @Test
    void what_was_seen_is_known_after_a_restart_and_on_other_nodes() {
        node.registry.observed().saw(Sources.REFUND, Sources.CUSTOMER, "write");
        node.registry.observed().saw("agent:clerk", Sources.LTV, "execute");
        node.keeper.close();
        Node other = new Node().live(Map.of());
        assertThat(other.graph().dependents("crm.records.customer")).noneMatch(end -> end.observed());
        other.keeper.refresh();

        assertThat(other.graph().dependencies("crm.rules.refund"))
                .contains(new Dependency("crm.records.customer", "record", "write", false, true));
        assertThat(other.graph().dependents("crm.rules.customer_ltv"))
                .contains(new Dependency("agent:clerk", "agent", "execute", false, true));
    }

    @Test
    void what_code_was_seen_to_use_is_forgotten_with_that_code() {
        node.registry.observed().saw(Sources.REFUND, Sources.CUSTOMER, "write");
        node.keeper.look();
        node.live(Map.of(Sources.REFUND, "2"));
        assertThat(node.graph().dependencies("crm.rules.refund")).noneMatch(Dependency::observed);

        Node restarted = new Node().live(Map.of(Sources.REFUND, "2"));
        restarted.keeper.refresh();
        assertThat(restarted.graph().dependencies("crm.rules.refund")).noneMatch(Dependency::observed);

        restarted.registry.observed().saw(Sources.REFUND, Sources.CUSTOMER, "write");
        restarted.keeper.look();
        Node third = new Node().live(Map.of(Sources.REFUND, "2"));
        third.keeper.refresh();
        assertThat(third.graph().dependencies("crm.rules.refund")).anyMatch(Dependency::observed);
    }

    @Test
    void files_tell_without_a_server_what_was_seen_and_are_gone_with_their_object() throws IOException {
        node.registry.observed().saw(Sources.REFUND, Sources.CUSTOMER, "write");
        node.registry.observed().saw("agent:clerk", Sources.LTV, "execute");
        node.keeper.look();

        Graph graph = new DependencyFiles(state).graph(Sources.at(Map.of()));
        assertThat(graph.impact("crm.records.customer").direct()).contains("crm.rules.refund");
        assertThat(graph.impact("crm.rules.customer_ltv").breakdown()).containsEntry("agents", 1L);
        Graph changed = new DependencyFiles(state).graph(Sources.at(Map.of(Sources.REFUND, "2")));
        assertThat(changed.impact("crm.records.customer").direct()).doesNotContain("crm.rules.refund");

        node.live(Map.of(Sources.REFUND, ""));
        assertThat(files()).hasSize(7).allMatch(name -> name.endsWith(".json")).doesNotContain("crm.rules.refund.json");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("runtime/dependencies"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
