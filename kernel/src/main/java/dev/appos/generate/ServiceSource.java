package dev.appos.generate;

import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes rules that find, add and remove records of one type: a service for processes, agents and screens.
final class ServiceSource {

    /// A rule takes no more inputs.
    private static final int MOST_INPUTS = 4;

    private static final Set<ValueType> INPUTS = Set.of(
            ValueType.TEXT, ValueType.INTEGER, ValueType.LONG, ValueType.DECIMAL, ValueType.BOOLEAN, ValueType.DATE,
            ValueType.INSTANT, ValueType.TIME, ValueType.DURATION, ValueType.UUID, ValueType.REFERENCE);

    private final RuleText text;

    ServiceSource(RecordDefinition record) {
        this.text = new RuleText(record);
    }

    String write() {
        return "/* What is done with " + text.words()
                + ": each of these is called as rules.x(…), over REST and as a tool. */\n"
                + card() + find() + one() + add() + remove();
    }

    private String card() {
        return text.entry("Card", shown());
    }

    private List<FieldDefinition> shown() {
        return text.kept().filter(field -> text.record().display().contains(field.name())).toList();
    }

    private String find() {
        List<FieldDefinition> searched = text.open().stream()
                .filter(field -> text.record().search().contains(field.name())).toList();
        String where = searched.isEmpty() ? ".all()" : ".where(r -> " + searched.stream()
                .map(field -> "r." + field.accessor() + "().contains(words)").collect(Collectors.joining(".or("))
                + ")".repeat(searched.size() - 1) + ")";
        return text.rule("The " + text.words()
                        + (searched.isEmpty() ? " by their ids" : " with these words in them") + ", at most 100",
                        Permission.VIEW)
                + """
                List<%1$sCard> find%2$s(%3$sint most) {
                    if (most < 1 || most > 100) {
                        throw reject("most", "must be between 1 and 100");
                    }
                    return records.%4$s%5$s.limit(most).rows().stream()
                            .map(row -> %6$s)
                            .toList();
                }

                """.formatted(text.type(), text.types(), searched.isEmpty() ? "" : "String words, ",
                        text.accessor(), where, text.made("Card", shown()));
    }

    private String one() {
        return text.rule("One " + text.word() + " by its id", Permission.VIEW) + """
                %1$sCard show%1$s(long %2$sId) {
                    Row<%1$s> row = records.%2$s.row(%2$sId);
                    return %3$s;
                }

                """.formatted(text.type(), text.accessor(), text.made("Card", shown()));
    }

    private String add() {
        List<FieldDefinition> given = text.record().fields().stream().filter(FieldDefinition::mustBeGiven).toList();
        boolean plain = given.size() <= MOST_INPUTS
                && given.stream().allMatch(field -> INPUTS.contains(field.type()) && !text.amount(field));
        if (!plain) {
            return "";
        }
        String sets = given.stream().map(field -> "." + name(field) + "(" + name(field) + ")")
                .collect(Collectors.joining());
        return text.rule("Adds a " + text.word() + " and answers its id", Permission.CREATE) + """
                long add%1$s(%2$s) {
                    return records.%3$s.create(%4$s -> %4$s%5$s);
                }

                """.formatted(text.type(),
                        given.stream().map(field -> ModelSource.plain(field.type()) + " " + name(field))
                                .collect(Collectors.joining(", ")),
                        text.accessor(), "values", sets);
    }

    private String remove() {
        return text.rule("Removes a " + text.word(), Permission.DELETE) + """
                void remove%1$s(long %2$sId) {
                    records.%2$s.delete(%2$sId);
                }
                """.formatted(text.type(), text.accessor());
    }

    private static String name(FieldDefinition field) {
        return field.type() == ValueType.REFERENCE ? field.accessor() + "Id" : field.accessor();
    }
}
