package dev.appos.secure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A small world of random tables and apps, as plain values: what an authorisation is decided from.
///
/// @param users   by name
/// @param groups  whether each counts
/// @param members `user group`
/// @param links   `group app`
/// @param apps    by name
/// @param objects by reference
record Tables(
        Map<String, User> users,
        Map<String, Boolean> groups,
        Set<List<String>> members,
        Set<List<String>> links,
        Set<List<String>> grants,
        Map<String, Agent> agents,
        Map<String, App> apps,
        Map<String, Thing> objects) {

    record User(String type, boolean active) {}

    record Agent(String actsFor, boolean active) {}

    record App(List<String> groups, Set<String> logic, Set<String> ui) {}

    /// An object.
    ///
    /// @param stated      the groups it names, by permission
    /// @param personsOnly for a rule of the platform
    record Thing(Map<String, Set<String>> stated, boolean personsOnly) {}

    /// A question.
    record Question(String principal, String ref, String permission) {}

    /// What is to be said about it: empty is yes, otherwise whether the object is hidden.
    record Answer(Optional<Boolean> denied) {

        static final Answer YES = new Answer(Optional.empty());

        static Answer no(boolean hidden) {
            return new Answer(Optional.of(hidden));
        }
    }
}
