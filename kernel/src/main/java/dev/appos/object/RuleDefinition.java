package dev.appos.object;

import dev.appos.base.Ref;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A named function of an app.
///
/// @param parameters in the order of the author's method
/// @param returns    the Java type of the answer as written: `BigDecimal`
/// @param writes     whether it, or what it calls, may change data
/// @param keptFor    how long an answer may be given again, if at all; never for one that writes
public record RuleDefinition(
        Ref ref,
        String description,
        List<Parameter> parameters,
        String returns,
        boolean writes,
        Optional<Duration> keptFor,
        Access access,
        Source source)
        implements Definition {

    public RuleDefinition {
        parameters = List.copyOf(parameters);
    }
}
