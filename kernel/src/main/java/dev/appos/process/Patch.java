package dev.appos.process;

import dev.appos.base.Digest;
import java.util.Optional;

/// A change of the code within living instances: each remembers which side of it it took.
record Patch(Scope scope, String path) {

    private static final String MARK = "#patched ";
    private static final String DIGEST = Digest.sha256("patched");

    static Patch of(Scope scope, String id) {
        return new Patch(scope, scope.prefix() + MARK + id);
    }

    /// Whether this is a note that the new side was taken: it may be there after `patched` has gone from the code.
    static boolean settled(Entry entry) {
        String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        return name.startsWith(MARK) && entry.content().answer().equals(Optional.of("true"));
    }

    /// Whether the new side is taken: by whoever had not passed this place before it was there.
    boolean taken() {
        Run run = scope.run();
        Optional<Entry> known = run.history().note(path);
        if (known.isPresent()) {
            return Boolean.TRUE.equals(run.read(known.get()));
        }
        boolean taken = !run.history().behind(scope.prefix());
        if (run.version().kind() != Version.Kind.DRY) {
            run.begin();
            Entry begun = Entry.running(path, DIGEST, 1, Entry.Content.NONE, run.now());
            run.write(run.answered(begun, taken));
        }
        return taken;
    }
}
