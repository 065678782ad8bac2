package dev.appos.authoring;

import dev.appos.api.RenamedFrom;
import dev.appos.base.Names;
import java.util.Optional;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/// What fields and records were called before, as their authors say.
final class RenameReader {

    private final SourceFile file;
    private final Faults faults;

    RenameReader(SourceFile file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /// The column that a field was in.
    Optional<String> field(Shape.RecordShape record, Shape.ComponentShape component, RecordComponentElement element) {
        return Optional.ofNullable(element.getAnnotation(RenamedFrom.class)).map(RenamedFrom::value)
                .filter(former -> {
                    boolean there = record.components().stream().anyMatch(each -> each.name().equals(former));
                    return sound(former, there, component.annotations().getOrDefault(
                            "RenamedFrom", component.offset()), "field");
                })
                .map(former -> Names.snake(former) + (component.belongsTo() ? "_id" : ""));
    }

    /// The last part of the reference that a record had.
    Optional<String> record(Shape.RecordShape record, Shape.App app, TypeElement type) {
        return Optional.ofNullable(type.getAnnotation(RenamedFrom.class)).map(RenamedFrom::value)
                .filter(former -> {
                    boolean there = app.records().stream().anyMatch(each -> each.name().equals(former));
                    return sound(former, there, record.offset(), "record");
                })
                .map(Names::snake);
    }

    private boolean sound(String former, boolean there, int offset, String what) {
        if (!former.matches("[A-Za-z][A-Za-z0-9]*")) {
            faults.add(file, offset, "\"" + former + "\" was never the name of a " + what,
                    "Write the former name as it stood in the source: @RenamedFrom(\""
                            + (what.equals("field") ? "supportRep" : "MediaType") + "\").");
            return false;
        }
        if (there) {
            faults.add(file, offset,
                    "there still is a " + what + " " + former + ", so this one was not renamed from it",
                    "Take @RenamedFrom away, or remove " + former + ".");
            return false;
        }
        return true;
    }
}
