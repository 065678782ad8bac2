package dev.appos.process;

import java.util.Optional;
import java.util.UUID;

/// An engine beyond this database that runs the bodies of processes. Thread-safe.
///
/// The tables of processes stay as they are: what is started stands there first, and what is done is written there, so
/// whoever looks at an instance sees no difference.
public interface Elsewhere extends AutoCloseable {

    /// Begins to run what is handed over.
    ///
    /// @param hosting what bodies and steps are run with
    void start(Hosting hosting);

    /// Runs an instance, or tells it that something outside has changed if it runs already.
    ///
    /// @param process  its name, for people
    /// @param instance what [Hosting#follow] needs
    /// @param cancel   whether its end is wanted
    /// @return nothing, or why it ended there without a word in the tables
    Optional<String> hand(UUID id, String process, String instance, boolean cancel);

    /// Whether it is over there, and if so why.
    Optional<String> over(UUID id);

    /// Looks whether the engine answers.
    ///
    /// @return a word about it
    /// @throws RuntimeException if it does not
    String look();

    /// Takes nothing more, and lets running steps finish.
    @Override
    void close();
}
