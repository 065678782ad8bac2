package dev.appos.generate;

import static dev.appos.generate.JavaText.quoted;

import dev.appos.base.Names;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the screens of one record type: a table of them with figures above it, and its place in the navigation. The
/// form behind each row is the platform's, made of the record itself.
final class ScreenSource {

    private static final int MOST_COLUMNS = 6;

    private final RuleText text;

    ScreenSource(RecordDefinition record) {
        this.text = new RuleText(record);
    }

    String list() {
        String name = Names.camel(text.record().plural());
        String title = Names.label(text.record().plural());
        List<String> metrics = new ArrayList<>(List.of(
                "metric(%s, records.%s.count())".formatted(quoted(title), text.accessor())));
        sum().ifPresent(field -> metrics.add("metric(%s, records.%s.sum(r -> r.%s()))".formatted(
                quoted(Names.label(field.name())), text.accessor(), field.accessor())));
        return text.screen("Interface", List.of("record = " + quoted(text.accessor()), "type = LIST")) + """
                Ui %s() {
                    return page(%s,
                            stats(%s),
                            table(records.%s)
                                    .columns(%s)%s);
                }
                """.formatted(name, quoted(title), String.join(", ", metrics), text.accessor(),
                        columns().stream().map(JavaText::quoted).collect(Collectors.joining(", ")),
                        text.record().search().isEmpty() ? "" : "\n                    .searchable()");
    }

    String page() {
        return text.screen("Page", List.of(
                        "route = " + quoted("/" + text.record().plural().replace('_', '-')),
                        "title = " + quoted(Names.label(text.record().plural())), "icon = \"list\"")) + """
                Ui %1$sPage() {
                    return interfaces.%1$s();
                }
                """.formatted(Names.camel(text.record().plural()));
    }

    private Optional<FieldDefinition> sum() {
        return text.open().stream().filter(field -> field.type() == ValueType.DECIMAL).findFirst();
    }

    /// What names a record, and then what comes first; a long text or a list says little in a table.
    private Set<String> columns() {
        List<FieldDefinition> open = text.open();
        Set<String> columns = Stream.concat(
                        open.stream().filter(field -> text.record().display().contains(field.name())),
                        open.stream().filter(field -> !field.type().json()
                                && field.limits().maxLength().orElse(0) <= 200))
                .map(FieldDefinition::accessor)
                .limit(MOST_COLUMNS * 2L)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return columns.stream().limit(MOST_COLUMNS).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
