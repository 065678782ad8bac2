package dev.appos.insight;

import dev.appos.base.Ids;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Permit;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Registry;
import dev.appos.secure.Agents;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/// The graph as one caller may see it: an administrator all of it, others the objects they may view with the addresses
/// that lead there, and no agents.
final class Graphs {

    /// More agents than this are not looked at.
    static final int MOST_AGENTS = 1_000;

    /// Whoever may read the audit may see everything here.
    private static final Ref AUDIT = new Ref(Ref.PLATFORM, "rules", "list_audit");

    private final Registry registry;
    private final Ids ids;
    private final Clock clock;

    Graphs(Registry registry, Ids ids, Clock clock) {
        this.registry = registry;
        this.ids = ids;
        this.clock = clock;
    }

    static List<Agents.Agent> agents(DSLContext sql, Ids ids, Clock clock) {
        return new Agents(ids, clock).list(sql, "", MOST_AGENTS).stream()
                .filter(agent -> agent.status().equals("active"))
                .toList();
    }

    static boolean administrator(Permit permit) {
        return permit.allows(AUDIT, Permission.ADMIN);
    }

    Graph of(Permit permit) {
        boolean all = administrator(permit);
        Graph graph = Edges.graph(
                permit.snapshot(), Edges.seen(registry.observed()), all ? agents(permit.sql(), ids, clock) : List.of());
        if (all) {
            return graph;
        }
        Set<String> visible = new HashSet<>();
        for (Definition definition : permit.snapshot().definitions()) {
            if (!(definition instanceof PlatformDefinition) && permit.allows(definition.ref(), Permission.VIEW)) {
                visible.add(definition.ref().toString());
            }
        }
        return graph.only(node -> visible.contains(node)
                || graph.type(node).equals("api")
                        && graph.dependencies(node).stream().allMatch(end -> visible.contains(end.ref())));
    }

    /// An object of this graph.
    ///
    /// @throws Refusal naming the nearest one
    static String known(Graph graph, String ref) {
        if (graph.has(ref)) {
            return ref;
        }
        String remedy = Nearest.of(ref, graph.nodes()).map(near -> "Did you mean " + near + "?").orElse(
                "GET /api/admin/objects lists them for administrators; an object is written app.kind.name.");
        throw Refusal.notFound("object called " + ref, remedy);
    }
}
