package dev.appos.object;

import dev.appos.api.ByEnvironment;
import dev.appos.base.Ref;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A named value of an app.
///
/// @param value     its type, as the parameter `value`
/// @param values    what the author said, by environment, with a usual one under [ByEnvironment#USUAL]
/// @param validator the rule that says whether a value is fit
public record ConstantDefinition(
        Ref ref,
        String description,
        Parameter value,
        Map<String, Object> values,
        Optional<Ref> validator,
        Access access,
        Source source)
        implements Definition {

    public ConstantDefinition {
        values = Map.copyOf(values);
    }

    /// What the author said for an environment: the value named for it, else the usual one.
    public Object in(String environment) {
        Object named = values.get(environment);
        return named == null ? values.get(ByEnvironment.USUAL) : named;
    }

    /// The same constant with its values.
    public ConstantDefinition with(Map<String, Object> found) {
        return new ConstantDefinition(ref, description, value, new LinkedHashMap<>(found), validator, access, source);
    }
}
