package dev.appos.data;

import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.PlatformRule;
import java.util.List;

/// Files into records while the platform runs.
///
/// ```java
/// Importing importing = new Importing(parts);
/// rules.addAll(importing.all());
/// importing.start(dispatcher);
/// ```
///
/// A job takes the rows of its file in parts. A part, its errors and the place behind it in the file are one
/// transaction, so that each row is dealt with exactly once, however often the server is killed.
public final class Importing implements AutoCloseable {

    private final ImportParts parts;
    private final ImportRunner runner;

    public Importing(ImportParts parts) {
        this.parts = parts;
        this.runner = new ImportRunner(parts);
    }

    /// Every rule, for a [dev.appos.dispatch.PlatformEngine].
    public List<PlatformRule> all() {
        return new JobRules(parts, runner).all();
    }

    /// Where files are kept until a job takes them over.
    public Uploads uploads() {
        return parts.uploads();
    }

    /// The rows that were wrong, to be mended.
    public Rejects rejects() {
        return new Rejects(parts);
    }

    /// Runs jobs from now on, first of all those that were running when the server ended.
    public void start(Dispatcher dispatcher) {
        runner.start(dispatcher);
    }

    @Override
    public void close() {
        runner.close();
    }
}
