package dev.appos.dispatch;

/// A call that ended in a fault of app code or of the platform. Whoever called learns the id and nothing else.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String executionId;

    Failure(String executionId, Throwable cause) {
        super(cause.toString(), cause);
        this.executionId = executionId;
    }

    /// The id under which the fault stands in the log.
    public String executionId() {
        return executionId;
    }
}
