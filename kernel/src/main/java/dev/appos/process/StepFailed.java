package dev.appos.process;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A step, or a branch, that failed for good. Ends the process unless its body catches it.
final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String path;

    StepFailed(String path, String message) {
        super(message, null, true, false);
        this.path = path;
    }

    /// All that failed side by side, itself the first.
    List<String> paths() {
        return Stream.concat(
                        Stream.of(path),
                        Arrays.stream(getSuppressed())
                                .filter(StepFailed.class::isInstance)
                                .flatMap(other -> ((StepFailed) other).paths().stream()))
                .distinct()
                .toList();
    }

    /// Which one.
    String path() {
        return path;
    }
}
