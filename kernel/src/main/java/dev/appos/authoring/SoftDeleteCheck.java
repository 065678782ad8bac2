package dev.appos.authoring;

import dev.appos.api.BelongsTo;
import dev.appos.api.ReferentialAction;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Finds what would keep deleted records from coming back as they were.
final class SoftDeleteCheck {

    private static final Set<String> TRASH = Set.of("deleted_at", "deleted_by", "deleted_in");

    private final Attributed attributed;
    private final SourceFile file;
    private final TypeNames types;

    SoftDeleteCheck(Attributed attributed, SourceFile file) {
        this.attributed = attributed;
        this.file = file;
        this.types = new TypeNames(attributed.shape());
    }

    void check(Shape.RecordShape record, TypeElement type) {
        boolean soft = soft(type);
        for (Shape.ComponentShape component : record.components()) {
            if (soft && TRASH.contains(component.column())) {
                attributed.faults().add(file, component.offset(),
                        component.column() + " is the platform's column of a record with softDelete",
                        "Rename " + component.name() + ".");
            }
            if (!soft && component.belongsTo() && goesWith(type, component)) {
                target(record, component).filter(SoftDeleteCheck::soft).ifPresent(_ -> attributed.faults().add(
                        file, component.annotations().get("BelongsTo"),
                        record.name() + " goes with its " + component.name()
                                + ", which can be brought back, and could not come back with it",
                        "Write @Record(softDelete = true) here too, or onDelete = RESTRICT."));
            }
        }
    }

    private Optional<TypeElement> target(Shape.RecordShape record, Shape.ComponentShape component) {
        return Optional.ofNullable(attributed.elements().getTypeElement(types.ofComponent(record, component)));
    }

    private static boolean goesWith(TypeElement type, Shape.ComponentShape component) {
        return type.getRecordComponents().stream()
                .filter(each -> each.getSimpleName().contentEquals(component.name()))
                .map(each -> each.getAnnotation(BelongsTo.class))
                .anyMatch(to -> to != null && to.onDelete() == ReferentialAction.CASCADE);
    }

    private static boolean soft(Element type) {
        dev.appos.api.Record declared = type.getAnnotation(dev.appos.api.Record.class);
        return declared != null && declared.softDelete();
    }
}
