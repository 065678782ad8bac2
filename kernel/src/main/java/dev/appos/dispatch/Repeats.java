package dev.appos.dispatch;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Notices where one line of app code makes the same call again and again, which is a question asked row by row instead
/// of once. Up to a number of calls it only counts; where they come from is looked at beyond it. One call's.
final class Repeats {

    /// Callers are looked at no more often than this for each object: a long loop is known by then.
    private static final int MOST_LOOKS = 1000;

    /// A line that makes the same call again and again.
    ///
    /// @param line  as `crm/rules/Value.java:12`
    /// @param count how often, as far as it was followed
    record Repeated(Ref ref, Action action, String line, int count) {}

    private record Accessor(Ref ref, Action action) {}

    private static final class Count {
        private int calls;
        private int looks;
        private final Map<String, Integer> lines = new HashMap<>();
    }

    private final Map<Accessor, Count> counts = new HashMap<>();

    /// Notes a call from app code.
    ///
    /// @param most    calls that are nobody's concern; 0 counts nothing
    /// @param sources the files of authors, by path below the apps folder
    void made(Call call, int most, Set<String> sources) {
        if (most == 0) {
            return;
        }
        Count count = counts.computeIfAbsent(new Accessor(call.ref(), call.input().action()), _ -> new Count());
        if (++count.calls > most && count.looks < MOST_LOOKS) {
            count.looks++;
            line(sources).ifPresent(line -> count.lines.merge(line, 1, Integer::sum));
        }
    }

    /// The lines that made one call more often than this.
    List<Repeated> found(int most) {
        List<Repeated> found = new ArrayList<>();
        counts.forEach((accessor, count) -> count.lines.forEach((line, seen) -> {
            // Nobody else called: then the calls that were only counted are its own too.
            int own = count.lines.size() == 1 ? count.calls : seen;
            if (own > most) {
                found.add(new Repeated(accessor.ref(), accessor.action(), line, own));
            }
        }));
        return found;
    }

    /// Where in the authors' files the call that is being made stands.
    private static Optional<String> line(Set<String> sources) {
        return StackWalker.getInstance().walk(frames -> frames
                .flatMap(frame -> file(frame, sources).map(file -> file + ":" + frame.getLineNumber()).stream())
                .findFirst());
    }

    /// The file of a frame, if an author wrote it: its class is in the package of the app.
    private static Optional<String> file(StackWalker.StackFrame frame, Set<String> sources) {
        String type = frame.getClassName();
        int dot = type.indexOf('.');
        if (dot < 0 || dot != type.lastIndexOf('.') || frame.getFileName() == null) {
            return Optional.empty();
        }
        String app = type.substring(0, dot + 1).replace('.', '/');
        String name = "/" + frame.getFileName();
        return sources.stream().filter(path -> path.startsWith(app) && path.endsWith(name)).findFirst();
    }
}
