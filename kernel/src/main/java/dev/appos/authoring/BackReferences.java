package dev.appos.authoring;

import dev.appos.base.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which records refer to a record, and by what names it knows them: `customer.invoices()`.
final class BackReferences {

    /// A reference, and the record it is in.
    record From(Shape.RecordShape record, Shape.ComponentShape component) {

        /// `invoices`
        String plain() {
            return Names.camel(Names.plural(record.object()));
        }

        /// `ticketsByReporter`, where several references of a record lead to the same one.
        String detailed() {
            return plain() + "By" + Names.capital(component.name());
        }

        /// `billingInvoices`, where records of several apps share a name.
        String ofApp() {
            return Names.camel(record.file().app()) + Names.capital(detailed());
        }
    }

    private static final List<String> TAKEN =
            List.of("id", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "getClass", "hashCode",
                    "toString", "notify", "notifyAll", "wait");

    private final Map<String, List<From>> references;

    BackReferences(Shape shape) {
        TypeNames types = new TypeNames(shape);
        this.references = shape.records()
                .flatMap(record -> record.components().stream()
                        .filter(Shape.ComponentShape::belongsTo).map(component -> new From(record, component)))
                .collect(Collectors.groupingBy(from -> types.ofComponent(from.record(), from.component())));
    }

    /// The references to a record by the shortest name that is no other's. A name that a component of the record has
    /// stays the component's.
    SortedMap<String, From> of(Shape.RecordShape record) {
        List<From> all = references.getOrDefault(record.file().app() + "." + record.name(), List.of());
        SortedMap<String, From> named = new TreeMap<>();
        for (From from : all) {
            for (String name : List.of(from.plain(), from.detailed(), from.ofApp())) {
                if (free(name, from, all, record)) {
                    named.put(name, from);
                    break;
                }
            }
        }
        return named;
    }

    private static boolean free(String name, From from, List<From> all, Shape.RecordShape record) {
        List<String> others = new ArrayList<>(TAKEN);
        for (Shape.ComponentShape component : record.components()) {
            others.add(component.name());
            others.add(component.name() + "Id");
        }
        for (From other : all) {
            if (other != from) {
                others.addAll(List.of(other.plain(), other.detailed(), other.ofApp()));
            }
        }
        return !others.contains(name);
    }
}
