package dev.appos.object;

import dev.appos.base.Ref;
import java.util.Optional;

/// Something that runs when a record is created, changed, removed or seen.
///
/// @param name      the method of the author's record that does it, or the last part of `calls`
/// @param priority  the lowest runs first
/// @param condition the method of the author's record that says for which records, if not for all; of what calls
///                  another object, the reference of a rule that says it
/// @param async     whether it runs after the change is kept, by itself
/// @param calls     the rule or process it starts; absent for a method of the record
public record RecordEvent(
        String name, Moment moment, int priority, Optional<String> condition, boolean async, Optional<Ref> calls) {

    /// When it runs.
    public enum Moment {
        BEFORE_CREATE, BEFORE_UPDATE, BEFORE_DELETE, ON_CREATE, ON_UPDATE, ON_DELETE, ON_VIEW
    }
}
