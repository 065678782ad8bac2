package dev.appos.object;

import dev.appos.base.Ref;
import java.util.List;

/// A named function of an app.
///
/// @param parameters in the order of the author's method
/// @param returns    the Java type of the answer as written: `BigDecimal`
/// @param writes     whether it, or what it calls, may change data
public record RuleDefinition(
        Ref ref,
        String description,
        List<Parameter> parameters,
        String returns,
        boolean writes,
        Access access,
        Source source)
        implements Definition {

    public RuleDefinition {
        parameters = List.copyOf(parameters);
    }
}
