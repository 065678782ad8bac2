package dev.appos.record;

/// Which schema stands for an app: its own, or the one that a plan is tried in and that nobody ever sees.
enum Schemas {
    LIVE(""),
    TRIAL("appos_trial_");

    private final String prefix;

    Schemas(String prefix) {
        this.prefix = prefix;
    }

    String schema(String app) {
        return prefix + app;
    }

    String table(String app, String name) {
        return Ddl.quoted(schema(app)) + "." + Ddl.quoted(name);
    }

    /// PostgreSQL's own text about this schema as it would be about the app's.
    String neutral(String text) {
        return prefix.isEmpty() ? text : text.replace(prefix, "");
    }
}
