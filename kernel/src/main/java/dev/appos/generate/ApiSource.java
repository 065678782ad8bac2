package dev.appos.generate;

import dev.appos.base.Names;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes rules that answer what a program asks about records of one type and rows alone do not say: a page that goes
/// on where the last one ended, and figures by what they can be grouped by. The rows themselves are a resource already.
final class ApiSource {

    private static final int MOST_GROUPS = 4;
    private static final int MOST_COLUMNS = 4;

    private final RuleText text;

    ApiSource(RecordDefinition record) {
        this.text = new RuleText(record);
    }

    String write() {
        return "/* What programs ask about " + text.words() + ": GET /api/" + text.record().ref().app()
                + "/v1/rpc/… and in the OpenAPI. */\n" + page() + figures();
    }

    private String page() {
        List<FieldDefinition> columns = text.kept().limit(MOST_COLUMNS).toList();
        return text.entry("Entry", columns)
                + text.rule("A page of " + text.words() + " after the one with this id, 0 for the first; at most 200",
                        Permission.VIEW)
                + """
                List<%1$sEntry> page%2$s(long after, int size) {
                    if (size < 1 || size > 200) {
                        throw reject("size", "must be between 1 and 200");
                    }
                    return records.%3$s.all().after(after).limit(size).rows().stream()
                            .map(row -> %4$s)
                            .toList();
                }
                """.formatted(text.type(), text.types(), text.accessor(), text.made("Entry", columns));
    }

    private String figures() {
        Optional<FieldDefinition> amount = text.open().stream()
                .filter(field -> field.type() == ValueType.DECIMAL).findFirst();
        return Stream.concat(
                        text.open().stream().filter(field -> field.type() == ValueType.CHOICE),
                        text.open().stream().filter(field -> field.type() == ValueType.DATE))
                .limit(MOST_GROUPS)
                .map(field -> group(field, amount))
                .collect(Collectors.joining());
    }

    private String group(FieldDefinition field, Optional<FieldDefinition> amount) {
        boolean date = field.type() == ValueType.DATE;
        String by = Names.capital(field.accessor()) + (date ? "Month" : "");
        String key = "r." + field.accessor() + "()" + (date ? ".month()" : "");
        String group = text.types() + "By" + by;
        String name = Names.camel(text.record().plural()) + "By" + by;
        return """

                record %1$s(%2$s %3$s, long number%4$s) {}

                """.formatted(group, date ? "LocalDate" : "String", field.accessor(),
                        amount.map(each -> ", BigDecimal sum").orElse(""))
                + text.rule("How many " + text.words() + " there are by " + field.name().replace('_', ' ')
                        + amount.map(each -> ", and the sum of " + each.name().replace('_', ' ')).orElse(""),
                        Permission.VIEW)
                + """
                List<%1$s> %2$s() {
                    return records.%3$s.where(r -> r.%4$s().isNotNull())
                            .select((key, number%7$s) -> new %1$s(key%6$s, number%7$s),
                                    r -> %5$s, r -> count()%8$s)
                            .orderBy(r -> %5$s)
                            .list();
                }
                """.formatted(group, name, text.accessor(), field.accessor(), key, date ? "" : ".name()",
                        amount.map(each -> ", sum").orElse(""),
                        amount.map(each -> ", r -> r." + each.accessor() + "().sum()").orElse(""));
    }
}
