package dev.appos.process;

/// A mistake in the body of a process, told to its author with what to write instead.
final class BodyFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    BodyFault(String message) {
        super(message);
    }
}
