package dev.appos.store;

import dev.appos.base.Refusal;
import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a lost or refused connection into a [Refusal], wherever jOOQ meets it.
///
/// Done once here, so that no engine needs to tell "the server is away" from "the server objects".
public final class LostConnections implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

    @Override
    public void exception(ExecuteContext context) {
        SQLException failure = context.sqlException();
        // Where it breaks while jOOQ asks for the columns of an answer, the fault comes wrapped.
        if (failure == null && context.exception() instanceof DataAccessException wrapped) {
            failure = wrapped.getCause(SQLException.class);
        }
        if (failure != null && SqlFault.of(failure).kind() == SqlFault.Kind.UNAVAILABLE) {
            context.exception(refusal(failure));
        }
    }

    /// The refusal for a connection that could not be had or did not last.
    static Refusal refusal(SQLException failure) {
        // The refusal goes to the caller, who is not told what is wrong with the server; the operator is, here.
        LOG.warn("No connection to the database: {}", failure.getMessage());
        return Refusal.unavailable("The database cannot be reached at the moment.", "Try again in a few seconds.");
    }

    /// The refusal for a connection lost while work was being kept, when nobody can know whether it was.
    public static Refusal unknownOutcome(SQLException failure) {
        LOG.warn("The connection to the database was lost while work was being kept: {}", failure.getMessage());
        return Refusal.unavailable(
                "The connection to the database was lost while saving, so the change may or may not have been kept.",
                "Send the same call again with the same idempotency key, or read the record first.");
    }
}
