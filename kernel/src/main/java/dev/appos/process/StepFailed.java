package dev.appos.process;

/// A step, or a branch, that failed for good. Ends the process unless its body catches it.
final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String path;

    StepFailed(String path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    /// Which one.
    String path() {
        return path;
    }
}
