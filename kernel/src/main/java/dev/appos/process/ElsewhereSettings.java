package dev.appos.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Where another engine for processes is.
///
/// @param target    host and port
/// @param namespace in which this platform's processes live
/// @param queue     through which the servers of this platform get their work
/// @param tls       whether the connection is encrypted
/// @param apiKey    who we are there
/// @param sealing   a key of 32 bytes with which everything is sealed that is kept there
/// @param atOnce    bodies, and steps, that run on this server at a time
/// @param closeWait how long closing waits for steps that are running
public record ElsewhereSettings(
        String target,
        String namespace,
        String queue,
        boolean tls,
        Optional<String> apiKey,
        Optional<byte[]> sealing,
        int atOnce,
        Supplier<Duration> closeWait) {

    /// Finds the engine that is named in the settings; `META-INF/services` of its jar says which class this is.
    public interface Factory {

        /// Connects.
        ///
        /// @throws dev.appos.base.Refusal in one sentence, if it cannot be reached
        Elsewhere connect(ElsewhereSettings settings);
    }
}
