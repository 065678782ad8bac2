package dev.appos.process;

import dev.appos.base.Refusal;
import java.util.UUID;
import org.jooq.DSLContext;

/// What people do with instances that were started. Decides nothing: the caller says who may.
public final class ProcessControl {

    private static final String CANCEL = """
            update appos.process_ready set cancel = true, wake_at = case when owner is null then now() else wake_at end
            where id = ?""";

    private static final String STATUS = "select status from appos.process_instance where id = ?";

    /// Ends an instance at its next step; a step that is running is finished first.
    ///
    /// @throws Refusal if there is no such instance, or it is over
    public void cancel(DSLContext sql, UUID id) {
        String status = sql.fetchOptional(STATUS, id)
                .map(row -> row.get("status", String.class))
                .orElseThrow(() -> Refusal.notFound("process instance " + id));
        boolean over = !status.equals("running") && !status.equals("waiting");
        if (over || sql.execute(CANCEL, id) == 0) {
            throw Refusal.conflict(
                    "Process instance " + id + " is over: " + status + ".", "Start it anew if that is what you want.");
        }
    }
}
