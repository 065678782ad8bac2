package dev.appos.insight;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Observed;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Agents;
import dev.appos.secure.Agents.Agent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Puts the graph together: what sources state, what calls showed, what agents may call, which addresses lead where.
final class Edges {

    /// The tool of an agent in front of its name.
    private static final String TOOL = "mcp:";

    private final Snapshot snapshot;
    private final Map<String, String> types = new TreeMap<>();
    private final List<Edge> edges = new ArrayList<>();

    private Edges(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// The graph of a snapshot.
    ///
    /// @param more   what calls showed, and what else is known that the sources do not say
    /// @param agents those whose skills are known
    static Graph graph(Snapshot snapshot, Collection<Edge> more, Collection<Agent> agents) {
        Edges all = new Edges(snapshot);
        snapshot.definitions().forEach(all::object);
        snapshot.references().forEach(reference ->
                all.stated(reference.from().toString(), reference.to(), reference.access()));
        agents.forEach(all::agent);
        more.stream()
                .map(Edge::from)
                .filter(from -> from.startsWith(Agents.PREFIX))
                .forEach(agent -> all.types.put(agent, "agent"));
        all.edges.addAll(more);
        return new Graph(all.types, all.edges);
    }

    /// What calls showed, as edges.
    static List<Edge> seen(Observed observed) {
        return observed.all().stream()
                .map(use -> new Edge(use.caller(), use.target().toString(), use.access(), Edge.Known.SEEN))
                .toList();
    }

    /// What kind of object it is, in one word.
    static String type(Definition definition) {
        return switch (definition) {
            case RecordDefinition _ -> "record";
            case RuleDefinition _ -> "rule";
            case ConstantDefinition _ -> "constant";
            case ProcessDefinition _ -> "process";
            case InterfaceDefinition _ -> "interface";
            case PageDefinition _ -> "page";
            case FolderDefinition _ -> "folder";
            case PlatformDefinition _ -> "platform";
        };
    }

    private void object(Definition definition) {
        Ref ref = definition.ref();
        String tool = TOOL + ref.toString().replace('.', '_');
        switch (definition) {
            case RecordDefinition record -> {
                String address = "/api/" + ref.app() + "/v1/" + record.plural();
                api(address, ref, "read", "write");
                api(tool, ref, "read", "write");
            }
            case RuleDefinition _ -> {
                api("/api/" + ref.app() + "/v1/rpc/" + ref.name(), ref, "execute");
                api(tool, ref, "execute");
            }
            case ConstantDefinition _ -> {
                api("/api/" + ref.app() + "/v1/constants/" + ref.name(), ref, "read");
                api(tool, ref, "read");
            }
            case ProcessDefinition _ -> {
                api("/api/" + ref.app() + "/v1/processes/" + ref.name(), ref, "execute");
                api(tool, ref, "execute");
            }
            case FolderDefinition _ -> api(
                    "/api/" + ref.app() + "/v1/folders/" + ref.name() + "/documents", ref, "read", "write");
            case PageDefinition _ -> api("/api/ui/" + ref.app() + "/" + ref.name(), ref, "render");
            case InterfaceDefinition _ -> {
                // Drawn by pages only.
            }
            case PlatformDefinition _ -> {
                return;
            }
        }
        types.put(ref.toString(), type(definition));
    }

    private void api(String name, Ref ref, String... access) {
        types.put(name, "api");
        Arrays.stream(access).forEach(each -> stated(name, ref, each));
    }

    private void stated(String from, Ref to, String access) {
        edges.add(new Edge(from, to.toString(), access, Edge.Known.STATED));
    }

    /// An agent without a list of skills is known by its calls only.
    private void agent(Agent agent) {
        String name = Agents.PREFIX + agent.name();
        types.put(name, "agent");
        agent.skills().orElse(List.of()).forEach(skill -> skill(name, skill));
    }

    private void skill(String agent, String skill) {
        String[] parts = skill.split("\\.", -1);
        String beginning = skill.endsWith(".*") ? skill.substring(0, skill.length() - 1) : "";
        Predicate<Ref> meant = beginning.isEmpty()
                ? ref -> skill.equals(ref.toString()) || skill.startsWith(ref + ".")
                : ref -> ref.toString().startsWith(beginning);
        List<Action> actions = Arrays.stream(Action.values())
                .filter(action -> parts.length != 4 || action.word().equals(parts[3]))
                .toList();
        snapshot.definitions().stream().filter(definition -> meant.test(definition.ref())).forEach(definition ->
                actions.stream()
                        .filter(action -> offers(definition, action))
                        .forEach(action -> stated(agent, definition.ref(), action.access())));
    }

    private static boolean offers(Definition definition, Action action) {
        return switch (action) {
            case TRASH, RESTORE, PURGE -> definition instanceof RecordDefinition;
            case LIST, GET, CREATE, UPDATE, DELETE ->
                definition instanceof RecordDefinition || definition instanceof FolderDefinition;
            case RUN -> definition instanceof RuleDefinition;
            case READ -> definition instanceof ConstantDefinition;
            case START -> definition instanceof ProcessDefinition;
            case STEP, FOLLOW -> false;
            case RENDER -> definition instanceof PageDefinition || definition instanceof InterfaceDefinition;
        };
    }
}
