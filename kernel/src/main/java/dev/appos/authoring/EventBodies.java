package dev.appos.authoring;

import dev.appos.object.RecordEvent.Moment;
import java.util.ArrayList;
import java.util.List;

/// Writes how the platform calls the events of a record: `events.customer.welcome`, with the row before and the row
/// after. Answers what a method set, or nothing.
final class EventBodies {

    private EventBodies() {}

    static String write(String app, Shape.RecordShape record) {
        StringBuilder cases = new StringBuilder();
        record.events().forEach(event -> cases.append(write(app, record, event)));
        return cases.toString();
    }

    private static String write(String app, Shape.RecordShape record, Shape.EventShape event) {
        String type = app + "." + record.name();
        String set = app + "." + record.name() + "Records";
        Moment moment = event.event().moment();
        boolean setting = moment == Moment.BEFORE_CREATE || moment == Moment.BEFORE_UPDATE;
        boolean before = moment == Moment.BEFORE_DELETE || moment == Moment.ON_DELETE;
        List<String> arguments = new ArrayList<>();
        int rows = 0;
        for (String parameter : event.parameters()) {
            if (parameter.endsWith(".Change")) {
                arguments.add("change");
            } else if (parameter.startsWith("Row<")) {
                boolean old = before || moment == Moment.BEFORE_UPDATE || moment == Moment.ON_UPDATE && rows++ == 0;
                arguments.add("row(arguments[" + (old ? 0 : 1) + "], " + set + "::from)");
            } else {
                arguments.add(set + ".from(map(arguments[1]))");
            }
        }
        String condition = event.event().condition()
                .map(name -> "                if (!%s.from(map(arguments[%d])).%s()) { yield null; }\n"
                        .formatted(set, before ? 0 : 1, name))
                .orElse("");
        return """
                            case "events.%1$s.%2$s" -> {
                %3$s%4$s                %5$s.%2$s(%6$s);
                                yield %7$s;
                            }
                """.formatted(record.object(), event.event().name(), condition,
                setting ? "                %1$s.Change change = new %1$s.Change();\n".formatted(set) : "",
                type, String.join(", ", arguments), setting ? "change.values()" : "null");
    }

    /// What the calls need, as methods of the class they stand in.
    static String helpers() {
        return """
                    @SuppressWarnings("unchecked") // the platform passes rows by column
                    private static java.util.Map<java.lang.String, java.lang.Object> map(java.lang.Object row) {
                        return (java.util.Map<java.lang.String, java.lang.Object>) row;
                    }

                    private static <R> dev.appos.api.Row<R> row(
                            java.lang.Object row,
                            java.util.function.Function<java.util.Map<java.lang.String, java.lang.Object>, R> read) {
                        java.util.Map<java.lang.String, java.lang.Object> values = map(row);
                        return new dev.appos.api.Row<>(
                                (java.lang.Long) values.get("id"), (java.lang.Integer) values.get("version"),
                                read.apply(values), (java.time.Instant) values.get("created_at"),
                                (java.time.Instant) values.get("updated_at"));
                    }
                """;
    }
}
