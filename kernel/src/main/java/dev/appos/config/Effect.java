package dev.appos.config;

/// When a key acts.
public enum Effect {
    /// A change is felt while the server runs.
    LIVE("at once"),
    /// A change waits for the next start.
    START("at the next start"),
    /// It is kept and told to whoever asks for it; nothing else follows from it.
    TOLD("told when asked"),
    /// It is accepted so that files from elsewhere can be read, and whoever sets it is told that nothing follows.
    NONE("never: told by a warning");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    /// For people: `at once`.
    public String words() {
        return words;
    }
}
