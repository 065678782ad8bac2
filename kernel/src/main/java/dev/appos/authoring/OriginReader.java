package dev.appos.authoring;

import dev.appos.api.Computed;
import dev.appos.api.Default;
import dev.appos.api.Expr;
import dev.appos.api.RunningNumber;
import dev.appos.object.Limits;
import dev.appos.object.NumberPattern;
import dev.appos.object.Origin;
import dev.appos.object.ValueType;
import java.util.Optional;
import javax.lang.model.element.Element;

/// Reads where the value of a field comes from.
final class OriginReader {

    /// What stands in a computed field until its author's code has said what it is made of.
    static final Expr UNKNOWN = new Expr.Fixed("");

    private final SourceFile file;
    private final Faults faults;

    OriginReader(SourceFile file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Origin read(Shape.ComponentShape component, Element element, ValueShape value, Limits limits) {
        Default given = element.getAnnotation(Default.class);
        RunningNumber number = element.getAnnotation(RunningNumber.class);
        Computed computed = element.getAnnotation(Computed.class);
        int several = (given == null ? 0 : 1) + (number == null ? 0 : 1) + (computed == null ? 0 : 1);
        if (several > 1) {
            faults.add(file, component.offset(), component.name() + " gets its value from two sides",
                    "Leave one of @Default, @RunningNumber and @Computed.");
        }
        if (computed != null) {
            return new Origin.Computed(UNKNOWN, computed.stored());
        }
        if (number != null) {
            return running(component, number, limits);
        }
        return given == null ? Origin.GIVEN : defaults(component, given.value(), value, limits);
    }

    private Origin running(Shape.ComponentShape component, RunningNumber number, Limits limits) {
        int offset = component.annotations().get("RunningNumber");
        Optional<NumberPattern> pattern = NumberPattern.of(number.value());
        if (pattern.isEmpty()) {
            faults.add(file, offset, "\"" + number.value() + "\" does not say where the number goes",
                    "Write it with one {000} and, if need be, {yyyy}, {yy}, {MM} or {dd}: \"INV-{yyyy}-{00000}\".");
        } else if (pattern.get().shortest() > limits.maxLength().orElse(Integer.MAX_VALUE)) {
            faults.add(file, offset, "the numbers of " + component.name() + " are longer than the field",
                    "Give it more room: @Size(max = " + (pattern.get().shortest() + 5) + ").");
        }
        return new Origin.Running(number.value());
    }

    private Origin defaults(Shape.ComponentShape component, String written, ValueShape value, Limits limits) {
        if (value.type() == ValueType.INSTANT && written.equals("now")) {
            return Origin.Moment.NOW;
        }
        if (value.type() == ValueType.DATE && written.equals("today")) {
            return Origin.Moment.TODAY;
        }
        if (value.type() == ValueType.TEXT && written.equals("{user}")) {
            return Origin.Moment.USER;
        }
        DefaultCheck.fault(written, value, limits).ifPresent(fault ->
                faults.add(file, component.annotations().get("Default"),
                        "the default of " + component.name() + " does not fit: " + fault.message(), fault.remedy()));
        return new Origin.Literal(written);
    }
}
