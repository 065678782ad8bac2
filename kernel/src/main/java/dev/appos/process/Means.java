package dev.appos.process;

import dev.appos.dispatch.Dispatcher;

/// What every run of a node shares.
record Means(ProcessParts parts, Dispatcher dispatcher, Journal journal, Ready ready, Versions versions) {

    /// For instances whose bodies another engine runs.
    Handover handover() {
        return new Handover(parts.database(), parts.clock());
    }
}
