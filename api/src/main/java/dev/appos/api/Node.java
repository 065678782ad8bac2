package dev.appos.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A part of a screen as data.
///
/// @param type     what draws it: `Page`, `Stats`, `DataTable`, …
/// @param props    JSON-like values by name
/// @param children the parts inside it, in order
public record Node(String type, Map<String, Object> props, List<Node> children) implements Ui {

    public Node {
        props = Map.copyOf(props);
        children = List.copyOf(children);
    }

    static Node of(String type, Map<String, Object> props, Ui... children) {
        return new Node(type, props, Arrays.stream(children).map(Ui::node).toList());
    }

    @Override
    public Node node() {
        return this;
    }
}
