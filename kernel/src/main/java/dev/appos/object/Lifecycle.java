package dev.appos.object;

import java.time.Instant;
import java.util.Map;

/// What can be asked of a record after its deletion, and after what was done with it.
public final class Lifecycle {

    private Lifecycle() {}

    /// The field history of one record, newest first. Answers a list of maps.
    public record History(long id, int limit) implements Input.Life {

        @Override
        public Action action() {
            return Action.GET;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id, "history", true, "limit", limit);
        }
    }

    /// A page of records in the trash. Answers a [Page].
    public record ListTrash(Query query) implements Input.Life {

        @Override
        public Action action() {
            return Action.TRASH;
        }

        @Override
        public Map<String, Object> values() {
            return InputValues.of(query);
        }
    }

    /// Brings one record back from the trash, with all that was deleted with it. Answers its row.
    public record Restore(long id) implements Input.Life {

        @Override
        public Action action() {
            return Action.RESTORE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id);
        }
    }

    /// Removes one record for good, from the trash or not. Answers the row as it was.
    public record Purge(long id) implements Input.Life {

        @Override
        public Action action() {
            return Action.PURGE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("id", id);
        }
    }

    /// Removes for good what was deleted before this moment. Answers how many records, as a `Long`.
    public record EmptyTrash(Instant before) implements Input.Life {

        @Override
        public Action action() {
            return Action.PURGE;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("deleted_before", before.toString());
        }
    }

    /// Does what a kept event asks for, if it is still there. Only the platform asks. Answers a `Boolean`.
    public record Follow(long event) implements Input.Life {

        @Override
        public Action action() {
            return Action.FOLLOW;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("event", event);
        }
    }
}
