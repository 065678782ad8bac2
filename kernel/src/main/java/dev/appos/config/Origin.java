package dev.appos.config;

/// Where a value comes from, the weakest first: a later one replaces an earlier one.
public enum Origin {
    DEFAULT("default"),
    FILE("file"),
    ENVIRONMENT_BLOCK("environment block"),
    ENVIRONMENT_FILE("environment file"),
    ENVIRONMENT_VARIABLE("environment variable"),
    OVERRIDE("override");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /// For people: `environment block`.
    public String words() {
        return words;
    }
}
