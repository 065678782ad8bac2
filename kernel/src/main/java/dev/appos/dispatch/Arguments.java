package dev.appos.dispatch;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.object.Parameter;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fits named inputs to the parameters of a rule or a process.
public final class Arguments {

    private Arguments() {}

    /// The Java values in the order of the parameters.
    ///
    /// @param what for the message: `crm.rules.customer_ltv`
    /// @throws Refusal naming every input that is missing, unknown or of the wrong type
    public static @Nullable Object[] of(String what, List<Parameter> parameters, Map<String, ?> given) {
        List<Fault> faults = new ArrayList<>();
        List<String> names = parameters.stream().map(Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                faults.add(new Fault("/" + name, "unknown", "is not an input. " + Nearest.remedy(name, names)));
            }
        }
        @Nullable Object[] values = new @Nullable Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = parameters.get(i);
            Object value = given.get(parameter.name());
            try {
                values[i] = value == null ? missing(parameter) : convert(parameter, value);
            } catch (IllegalArgumentException e) {
                String code = value == null ? "required" : "type";
                faults.add(new Fault("/" + parameter.name(), code, String.valueOf(e.getMessage())));
            }
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid("The input of " + what, faults);
        }
        return values;
    }

    private static @Nullable Object missing(Parameter parameter) {
        if (!parameter.nullable()) {
            throw new IllegalArgumentException("must be given");
        }
        return null;
    }

    private static Object convert(Parameter parameter, Object value) {
        Object converted = Values.convert(parameter.type(), parameter.choices(), value);
        if (parameter.type() != ValueType.LIST || parameter.element().isEmpty()) {
            return converted;
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : (List<?>) converted) {
            elements.add(Values.convert(parameter.element().get(), parameter.choices(), element));
        }
        return elements;
    }
}
