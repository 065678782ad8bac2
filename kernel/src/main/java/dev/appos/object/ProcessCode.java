package dev.appos.object;

import java.util.Map;

/// What is known of the code of a process.
///
/// @param hash    of the body and what it calls: a journal belongs to the code that wrote it
/// @param catches whether it goes on after errors: what is refused inside it must then be undone alone
/// @param signals what it waits for, by name: the binary name of the type of each, in the classes of its app
public record ProcessCode(String hash, boolean catches, Map<String, String> signals) {

    public ProcessCode {
        signals = Map.copyOf(signals);
    }
}
