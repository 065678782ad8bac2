package dev.appos.generate;

import static dev.appos.generate.JavaText.annotation;
import static dev.appos.generate.JavaText.quoted;
import static dev.appos.generate.JavaText.texts;

import dev.appos.base.Names;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the sources about one record have in common: its names and who may do what.
///
/// @param record the record
record RuleText(RecordDefinition record) {

    /// `MediaType`.
    String type() {
        return Names.capital(accessor());
    }

    /// `mediaType`.
    String accessor() {
        return Names.camel(record.ref().name());
    }

    /// `MediaTypes`.
    String types() {
        return Names.capital(Names.camel(record.plural()));
    }

    /// `media type`.
    String word() {
        return record.ref().name().replace('_', ' ');
    }

    /// `media types`.
    String words() {
        return record.plural().replace('_', ' ');
    }

    /// The head of a rule for those who have this permission, or else for those that the app says.
    String rule(String description, Permission permission) {
        List<String> pairs = new ArrayList<>(List.of("description = " + quoted(description)));
        TreeSet<String> groups = new TreeSet<>(record.access().of(permission));
        if (!groups.isEmpty()) {
            pairs.add("use = " + texts(groups));
        }
        return annotation("ExpressionRule", pairs) + "\n";
    }

    /// The head of a screen for those who may see the record.
    String screen(String name, List<String> pairs) {
        List<String> all = new ArrayList<>(pairs);
        TreeSet<String> groups = new TreeSet<>(record.access().of(Permission.VIEW));
        if (!groups.isEmpty()) {
            all.add("view = " + texts(groups));
        }
        return annotation(name, all) + "\n";
    }

    /// The fields that everybody sees who sees the record.
    List<FieldDefinition> open() {
        return record.fields().stream().filter(field -> !field.access().stated() && !amount(field)).toList();
    }

    /// Whether it is one of the two columns of an amount in a currency.
    boolean amount(FieldDefinition field) {
        return record.keys().together().stream().anyMatch(columns -> columns.contains(field.name()));
    }

    /// Those of them that a rule can answer just as they are read.
    Stream<FieldDefinition> kept() {
        return open().stream().filter(field -> switch (field.type()) {
            case TEXT, INTEGER, LONG, DECIMAL, BOOLEAN, DATE, INSTANT, DURATION, UUID -> true;
            case TIME, CHOICE, LIST, MAP, REFERENCE -> false;
        });
    }

    /// A record of an id and these.
    String entry(String what, List<FieldDefinition> fields) {
        return "record %s%s(long id%s) {}\n\n".formatted(type(), what, fields.stream()
                .map(field -> ", " + ModelSource.plain(field.type()) + " " + field.accessor())
                .collect(Collectors.joining()));
    }

    /// How one is made of a row.
    String made(String what, List<FieldDefinition> fields) {
        String separator = fields.size() > 2 ? ",\n                    " : ", ";
        return "new %s%s(row.id()%s)".formatted(type(), what, fields.stream()
                .map(field -> separator + "row.value()." + field.accessor() + "()").collect(Collectors.joining()));
    }
}
