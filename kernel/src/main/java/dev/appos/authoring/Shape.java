package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.object.RecordEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What can be seen of every app without knowing any types yet: the objects, their parts, and where names live.
final class Shape {

    /// One app.
    ///
    /// @param types  its top-level types
    /// @param nested where a nested type or an enum constant lives; several holders mean authors must qualify it
    /// @param enums  the constants of each enum by its path in the app: `Customer.Status`
    record App(
            List<RecordShape> records,
            List<MethodShape> methods,
            List<FolderShape> folders,
            Set<String> types,
            SortedMap<String, Set<String>> nested,
            SortedMap<String, List<String>> enums) {

        App() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                    new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
        }

        List<MethodShape> methods(ObjectKind kind) {
            return methods.stream().filter(method -> method.kind() == kind).toList();
        }
    }

    /// The names a file imports itself.
    ///
    /// @param single   by simple name, the full name
    /// @param packages those imported with a star
    record Imports(Map<String, String> single, List<String> packages) {}

    /// A record that is an object.
    ///
    /// @param offset of its declaration, past the annotations
    /// @param nested  the types declared inside it
    /// @param filters   its row filters
    /// @param relations what it says of other records
    /// @param events    its methods that run when records change
    record RecordShape(
            SourceFile file, Imports imports, String name, int offset, List<ComponentShape> components,
            Set<String> nested, List<FilterShape> filters, List<RelationShape> relations,
            List<EventShape> events) {

        /// The accessor: `mediaType`.
        String accessor() {
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }

        /// The last part of the reference: `media_type`.
        String object() {
            return Names.snake(name);
        }

        String ref() {
            return file.app() + ".records." + object();
        }
    }

    /// An interface that is a folder of documents.
    ///
    /// @param offset of its declaration, past the annotations
    record FolderShape(SourceFile file, String name, int offset) {

        /// The last part of the reference: `signed_contracts`.
        String object() {
            return Names.snake(name);
        }

        String ref() {
            return file.app() + ".folders." + object();
        }
    }

    /// A method of a record that says who sees which rows.
    record FilterShape(String name, int offset) {}

    /// What a record says of another: `@HasMany(value = Invoice.class, by = "payer")`.
    ///
    /// @param word   the annotation
    /// @param type   the other record as written
    /// @param texts  the other arguments
    record RelationShape(String word, String type, Map<String, String> texts, int offset) {

        String text(String argument) {
            return texts.getOrDefault(argument, "");
        }
    }

    /// A method of a record that runs when records change.
    ///
    /// @param parameters the types of its inputs, as written
    record EventShape(RecordEvent event, List<String> parameters) {}

    /// A component of a record.
    ///
    /// @param offset      of its name
    /// @param typeOffset  of its type
    /// @param annotations where each annotation stands, by simple name
    record ComponentShape(
            String name, String type, boolean belongsTo, int offset, int typeOffset,
            Map<String, Integer> annotations) {

        /// Whether the platform alone writes it.
        boolean readOnly() {
            return computed() || annotations.containsKey("RunningNumber");
        }

        boolean computed() {
            return annotations.containsKey("Computed");
        }

        /// The field with the currency of an amount: `priceCurrency`.
        String currency() {
            return name + "Currency";
        }

        /// The column: `support_rep_id` for a reference.
        String column() {
            return belongsTo ? Names.snake(name) + "_id" : Names.snake(name);
        }
    }

    /// A method that is an object.
    ///
    /// @param holder the path of the class it stands in
    /// @param object the last part of the reference
    /// @param offset of its declaration, past the annotations
    record MethodShape(
            SourceFile file, Imports imports, ObjectKind kind, String holder, String name, String object,
            String returns, List<ParameterShape> parameters, int offset, boolean isStatic) {

        String ref() {
            return file.app() + "." + shelfName();
        }

        /// The reference without the app.
        String shelfName() {
            return kind.shelf() + "." + object;
        }
    }

    /// A parameter of such a method.
    record ParameterShape(String name, String type, int offset) {}

    private final SortedMap<String, App> apps = new TreeMap<>();

    /// Names of objects that a fault keeps from being generated: what fails for want of them is not told twice.
    private final Set<String> withheld = new LinkedHashSet<>();

    SortedMap<String, App> apps() {
        return apps;
    }

    App app(String name) {
        return apps.computeIfAbsent(name, _ -> new App());
    }

    Set<String> withheld() {
        return withheld;
    }

    /// Notes where the nested type or enum constant `name` of an app lives.
    void nest(String app, String name, String holder) {
        app(app).nested().computeIfAbsent(name, _ -> new TreeSet<>()).add(holder);
    }

    /// The one holder of a nested name that may be written bare anywhere in its app: no other type of the app has it,
    /// and neither Java nor the platform means something else by it.
    Optional<String> holder(String app, String name) {
        Set<String> holders = app(app).nested().getOrDefault(name, Set.of());
        boolean meant = app(app).types().contains(name) || ApiNames.contains(name) || SafeClasses.hasName(name);
        return holders.size() == 1 && !meant ? Optional.of(holders.iterator().next()) : Optional.empty();
    }

    /// The record of a full type name: `crm.Customer`.
    Optional<RecordShape> record(String type) {
        return records().filter(r -> (r.file().app() + "." + r.name()).equals(type)).findFirst();
    }

    /// The constants of an enum by its full name: `crm.Customer.Status`.
    Optional<List<String>> constants(String type) {
        int dot = type.indexOf('.');
        App app = dot < 0 ? null : apps.get(type.substring(0, dot));
        return app == null ? Optional.empty() : Optional.ofNullable(app.enums().get(type.substring(dot + 1)));
    }

    Stream<RecordShape> records() {
        return apps.values().stream().flatMap(app -> app.records().stream());
    }

    Stream<MethodShape> methods() {
        return apps.values().stream().flatMap(app -> app.methods().stream());
    }
}
