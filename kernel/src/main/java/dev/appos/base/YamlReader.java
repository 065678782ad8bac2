package dev.appos.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads settings in YAML with the place of every key and value, so that a fault can be shown where it stands.
public final class YamlReader {

    /// No setting is nested deeper.
    private static final int DEEPEST = 20;

    /// Something that is wrong with the file.
    public record Fault(int line, int column, String message, String remedy) {}

    private final YAMLFactory factory = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /// The document; empty if it holds nothing or, after a fault, cannot be read.
    public Optional<YamlNode> read(String text, Consumer<Fault> faults) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            Optional<YamlNode> root =
                    parser.nextToken() == null ? Optional.empty() : Optional.of(node(parser, faults));
            if (root.isPresent() && parser.nextToken() != null) {
                TokenStreamLocation place = parser.currentTokenLocation();
                faults.accept(new Fault(place.getLineNr(), place.getColumnNr(), "a second document begins here",
                        "Keep one document, without --- in between."));
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            String reason = Optional.ofNullable(e.getOriginalMessage()).orElse("").lines()
                    .findFirst()
                    .orElse("it cannot be read");
            faults.accept(new Fault(
                    place == null ? 1 : Math.max(1, place.getLineNr()),
                    place == null ? 1 : Math.max(1, place.getColumnNr()),
                    "this is not YAML: " + reason,
                    "Correct the indentation or the quotes near here."));
            return Optional.empty();
        }
    }

    private static YamlNode node(JsonParser parser, Consumer<Fault> faults) {
        TokenStreamLocation place = parser.currentTokenLocation();
        int line = place.getLineNr();
        int column = place.getColumnNr();
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            faults.accept(new Fault(line, column, "anchors and aliases (& and *) are not read here",
                    "Write the value out, or put it into quotes."));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, faults, line, column);
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(node(parser, faults));
                }
                yield new YamlNode.Sequence(items, line, column);
            }
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, YamlNode.Scalar.Kind.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(parser, YamlNode.Scalar.Kind.NUMBER);
            case VALUE_NULL -> new YamlNode.Scalar("", YamlNode.Scalar.Kind.NOTHING, line, column);
            default -> scalar(parser, YamlNode.Scalar.Kind.TEXT);
        };
    }

    private static YamlNode mapping(JsonParser parser, Consumer<Fault> faults, int line, int column) {
        Map<String, YamlNode> values = new LinkedHashMap<>();
        Map<String, YamlNode.Scalar> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            YamlNode.Scalar key = scalar(parser, YamlNode.Scalar.Kind.TEXT);
            parser.nextToken();
            YamlNode value = node(parser, faults);
            if (keys.putIfAbsent(key.text(), key) == null) {
                values.put(key.text(), value);
            } else {
                faults.accept(new Fault(
                        key.line(), key.column(), "the key " + key.text() + " stands here twice",
                        "Take one of the two away."));
            }
        }
        return new YamlNode.Mapping(values, keys, line, column);
    }

    private static YamlNode.Scalar scalar(JsonParser parser, YamlNode.Scalar.Kind kind) {
        TokenStreamLocation place = parser.currentTokenLocation();
        return new YamlNode.Scalar(parser.getString(), kind, place.getLineNr(), place.getColumnNr());
    }
}
