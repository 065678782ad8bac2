package dev.appos.boot;

import dev.appos.base.Ids;
import dev.appos.documents.ContentStore;
import dev.appos.documents.DiskStore;
import dev.appos.documents.DocumentEngine;
import dev.appos.web.DocumentIntake;
import java.time.Clock;

/// The parts that keep documents.
final class Documents {

    private final Settings settings;
    private final ContentStore store;
    private final Ids ids;

    Documents(Settings settings, Ids ids, Clock clock) {
        this.settings = settings;
        this.store = new DiskStore(settings.state().resolve("documents"), clock);
        this.ids = ids;
    }

    /// Serves calls.
    DocumentEngine engine() {
        return new DocumentEngine(store, settings::maxUploadBytes, ids);
    }

    /// Takes in what requests bring.
    DocumentIntake intake() {
        return new DocumentIntake(store, settings::maxUploadBytes);
    }
}
