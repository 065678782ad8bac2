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
/// @param catches    whether its code goes on after errors: what is refused inside it must then be undone alone
/// @param keptFor    how long an answer may be given again, if at all; never for one that writes
public record RuleDefinition(
        Ref ref,
        String description,
        List<Parameter> parameters,
        String returns,
        boolean writes,
        boolean catches,
        Optional<Duration> keptFor,
        Access access,
        Source source)
        implements Definition {

    /// A rule whose code catches nothing.
    public RuleDefinition(
            Ref ref,
            String description,
            List<Parameter> parameters,
            String returns,
            boolean writes,
            Optional<Duration> keptFor,
            Access access,
            Source source) {
        this(ref, description, parameters, returns, writes, false, keptFor, access, source);
    }

    public RuleDefinition {
        parameters = List.copyOf(parameters);
    }
}
