package dev.appos.ui;

import dev.appos.api.Node;
import dev.appos.api.Ui;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.Visibility;
import dev.appos.object.Definition;
import dev.appos.object.Input;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// Serves interfaces and pages. Drawing one is a reading call; its answer is the tree as JSON-like maps:
/// `{id, type, props, children}`.
public final class ScreenEngine implements Engine {

    /// More parts are no screen anybody reads.
    static final int MOST_PARTS = 2_000;

    private final IntSupplier pageSize;

    /// @param pageSize rows of a table whose author names no number
    public ScreenEngine(IntSupplier pageSize) {
        this.pageSize = pageSize;
    }

    @Override
    public Operation prepare(Visibility visible, Definition definition, Input input) {
        if (!(input instanceof Input.Render)) {
            throw Refusal.malformed(
                    definition.ref() + " is a screen; it can only be rendered.", "GET its address below /api/ui.");
        }
        String object = definition.ref().kind() + "." + definition.ref().name();
        return new Operation.Read(permit -> {
            Object drawn = visible.snapshot().code(definition.ref().app()).call(object, new Object[0]);
            if (!(drawn instanceof Ui ui)) {
                throw new IllegalStateException(definition.ref() + " must return a Ui, for example page(…).");
            }
            return new Tree(permit, pageSize.getAsInt()).part(ui.node(), "root");
        });
    }

    /// One drawing of one tree.
    private static final class Tree {

        private final Permit permit;
        private final int pageSize;
        private int parts;

        Tree(Permit permit, int pageSize) {
            this.permit = permit;
            this.pageSize = pageSize;
        }

        Map<String, Object> part(Node node, String id) {
            if (++parts > MOST_PARTS) {
                throw new IllegalStateException("The screen has more than " + MOST_PARTS + " parts.");
            }
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("id", id);
            part.put("type", node.type());
            part.put("props", node.type().equals("DataTable") ? table(node) : node.props());
            List<Map<String, Object>> children = new ArrayList<>();
            for (int i = 0; i < node.children().size(); i++) {
                children.add(part(node.children().get(i), id + "." + i));
            }
            if (!children.isEmpty()) {
                part.put("children", children);
            }
            return part;
        }

        private Map<String, Object> stated(Node node) {
            Map<String, Object> stated = new LinkedHashMap<>(node.props());
            stated.replace("page_size", 0, pageSize);
            return stated;
        }

        private Map<String, Object> table(Node node) {
            String ref = (String) node.props().get("record");
            return permit.snapshot().find(ref)
                    .filter(RecordDefinition.class::isInstance)
                    .map(RecordDefinition.class::cast)
                    .map(record -> new TableView(permit, record).props(stated(node)))
                    .orElseThrow(() -> new IllegalStateException("there is no record " + ref));
        }
    }
}
