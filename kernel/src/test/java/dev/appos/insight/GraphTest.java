package dev.appos.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who uses whom, who is touched by a change, and who goes round in circles.
class GraphTest {

    private static Edge edge(String from, String access, String to) {
        return new Edge(from, to, access, Edge.Known.STATED);
    }

    private static Graph graph(Edge... edges) {
        Map<String, String> types = new HashMap<>();
        for (Edge edge : edges) {
            List.of(edge.from(), edge.to()).forEach(node -> types.put(node, type(node)));
        }
        return new Graph(types, List.of(edges));
    }

    private static String type(String node) {
        return node.startsWith("agent:") ? "agent"
                : node.startsWith("/") ? "api"
                : node.split("\\.")[1].equals("processes") ? "process" : node.split("\\.")[1].replaceFirst("s$", "");
    }

    private static final Graph GRAPH = graph(
            edge("crm.rules.ltv", "read", "billing.records.invoice"),
            edge("crm.rules.total", "execute", "crm.rules.ltv"),
            edge("crm.pages.customers", "execute", "crm.rules.total"),
            edge("crm.processes.onboard", "execute", "crm.rules.ltv"),
            edge("/api/crm/v1/rpc/ltv", "execute", "crm.rules.ltv"),
            edge("agent:clerk", "execute", "crm.rules.total"),
            edge("billing.records.invoice", "type", "billing.records.invoice"));

    @Test
    void direct_and_transitive_users_are_told_apart_and_counted_by_kind() {
        Impact impact = GRAPH.impact("billing.records.invoice");

        assertThat(impact.direct()).containsExactly("crm.rules.ltv");
        assertThat(impact.transitive()).containsExactly(
                "/api/crm/v1/rpc/ltv", "agent:clerk", "crm.pages.customers", "crm.processes.onboard",
                "crm.rules.total");
        assertThat(impact.total()).isEqualTo(6);
        assertThat(impact.breakdown()).containsExactly(
                Map.entry("records", 0L), Map.entry("rules", 2L), Map.entry("constants", 0L),
                Map.entry("processes", 1L), Map.entry("pages", 1L), Map.entry("interfaces", 0L),
                Map.entry("apis", 1L), Map.entry("agents", 1L));
        assertThat(impact.recommendation()).isEqualTo(
                "A change of billing.records.invoice reaches 2 rules, 1 process, 1 page, 1 API, 1 agent: check "
                        + "crm.rules.ltv first, through which 5 more meet it.");
    }

    @Test
    void the_recommendation_says_what_nobody_uses_and_what_only_the_outside_uses() {
        assertThat(GRAPH.impact("crm.pages.customers").recommendation()).contains("can change freely");
        assertThat(graph(edge("/api/crm/v1/rpc/ltv", "execute", "crm.rules.ltv")).impact("crm.rules.ltv")
                        .recommendation())
                .contains("only callers from outside").contains("1 API");
        assertThat(graph(
                                edge("crm.rules.a", "execute", "crm.rules.b"),
                                edge("crm.rules.b", "execute", "crm.rules.a"))
                        .impact("crm.rules.a").recommendation())
                .contains("part of a circle");
    }

    @Test
    void circles_are_found_and_what_only_leads_into_them_is_not_in_them() {
        Graph graph = graph(
                edge("crm.rules.in", "execute", "crm.rules.a"),
                edge("crm.rules.a", "execute", "crm.rules.b"),
                edge("crm.rules.b", "execute", "crm.rules.c"),
                edge("crm.rules.c", "execute", "crm.rules.a"),
                edge("crm.rules.c", "execute", "crm.rules.between"),
                edge("crm.rules.between", "execute", "crm.rules.alone"),
                edge("crm.rules.alone", "execute", "crm.rules.alone"),
                edge("crm.rules.alone", "execute", "crm.rules.out"));

        assertThat(graph.cycles()).containsExactlyInAnyOrder(
                List.of("crm.rules.a", "crm.rules.b", "crm.rules.c"), List.of("crm.rules.alone"));
        assertThat(graph.cycles("crm.rules.between")).isEmpty();
    }

    @Test
    void records_that_refer_to_each_other_are_no_circle() {
        assertThat(graph(
                                edge("crm.records.a", "type", "crm.records.b"),
                                edge("crm.records.b", "type", "crm.records.a"))
                        .cycles())
                .isEmpty();
    }

    @Test
    void a_chain_of_ten_thousand_exhausts_no_stack() {
        List<Edge> chain = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            chain.add(edge("crm.rules.r" + i, "execute", "crm.rules.r" + (i + 1)));
        }
        chain.add(edge("crm.rules.r10000", "execute", "crm.rules.r0"));
        Graph graph = graph(chain.toArray(Edge[]::new));

        assertThat(graph.cycles()).singleElement().satisfies(cycle -> assertThat(cycle).hasSize(10_001));
        assertThat(graph.impact("crm.rules.r5").total()).isEqualTo(10_000);
        assertThat(graph.tree("crm.rules.r0").toString()).contains("cut=true");
    }

    @Test
    void the_tree_opens_each_object_once() {
        Graph graph = graph(
                edge("crm.rules.top", "execute", "crm.rules.a"),
                edge("crm.rules.top", "execute", "crm.rules.b"),
                edge("crm.rules.a", "read", "crm.records.x"),
                edge("crm.rules.b", "execute", "crm.rules.a"));

        assertThat(graph.tree("crm.rules.top")).hasSize(2);
        assertThat(graph.tree("crm.rules.top").get(0)).containsEntry("ref", "crm.rules.a").containsKey("dependencies");
        assertThat(graph.tree("crm.rules.top").get(1).get("dependencies").toString()).contains("repeated=true");
    }

    @Test
    void a_use_that_is_stated_and_seen_is_one_use() {
        Graph graph = graph(
                edge("crm.rules.a", "read", "crm.records.x"),
                new Edge("crm.rules.a", "crm.records.x", "read", Edge.Known.SEEN));

        assertThat(graph.dependencies("crm.rules.a"))
                .containsExactly(new Dependency("crm.records.x", "record", "read", true, true));
    }

    @Test
    void what_a_caller_may_not_see_is_not_on_the_way_either() {
        Graph seen = GRAPH.only(node -> !node.equals("crm.rules.ltv"));

        assertThat(seen.impact("billing.records.invoice").total()).isZero();
    }
}
