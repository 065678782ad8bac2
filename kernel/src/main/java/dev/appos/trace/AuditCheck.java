package dev.appos.trace;

import dev.appos.trace.AuditChain.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Reads the whole audit and its chain, and says which rows were edited, taken out, put in or moved.
public final class AuditCheck {

    /// More findings are counted and not told: whoever has this many has read enough.
    private static final int FINDINGS_MAX = 100;

    private static final int PAGE = 2_000;

    private static final String CHAINED = """
            select c.seq, c.audit_id, c.hash, a.* from appos.audit_chain c left join appos.audit a on a.id = c.audit_id
            where c.seq > {0} order by c.seq limit {1}""";

    private static final String UNCHAINED = """
            select a.*, exists (select from appos.audit_open o where o.audit_id = a.id) as waits
            from appos.audit a where a.id > {0} and not exists
                (select from appos.audit_chain c where c.audit_id = a.id)
            order by a.id limit {1}""";

    /// One thing that is not as it was written.
    ///
    /// @param what `edited`, `deleted`, `inserted`, `moved`, `missing` (a place in the chain) or `cut_off`
    /// @param seq  the place in the chain, 0 where there is none
    /// @param row  the id of the row, or what is said in its place
    public record Finding(String what, long seq, String row) {}

    /// What was found.
    ///
    /// @param sound    whether nothing was
    /// @param sealed   how many rows are in the chain
    /// @param unsealed rows of the last second, sealed by themselves but not yet in the chain
    /// @param findings the first ones
    /// @param found    how many there are
    public record Report(boolean sound, long sealed, long unsealed, List<Finding> findings, long found) {}

    private final AuditSeal seal;
    private final Optional<Head> anchor;
    private final List<Finding> findings = new ArrayList<>();
    private long found;
    private long sealed;
    private long unsealed;

    private AuditCheck(AuditSeal seal, Optional<Head> anchor) {
        this.seal = seal;
        this.anchor = anchor;
    }

    /// Checks everything that is there.
    ///
    /// @param log where the head of the chain was last written down
    public static Report run(DSLContext sql, AuditSeal seal, LogFiles log) {
        AuditCheck check = new AuditCheck(seal, LogSearch.anchor(log));
        Head head = check.chained(sql);
        check.unchained(sql);
        check.anchor.filter(known -> known.seq() > head.seq()).ifPresent(known -> check.add(
                "cut_off", known.seq(), "the log knows a chain of " + known.seq() + ", and it ends at " + head.seq()));
        return new Report(
                check.found == 0, check.sealed, check.unsealed, List.copyOf(check.findings), check.found);
    }

    private Head chained(DSLContext sql) {
        Head before = AuditChain.beginning(seal);
        long place = 0;
        while (true) {
            List<Record> page = List.copyOf(sql.fetch(CHAINED, DSL.val(place), DSL.val(PAGE)));
            for (Record row : page) {
                long seq = row.get("seq", Long.class);
                for (long missing = place + 1; missing < seq && found < FINDINGS_MAX; missing++) {
                    add("missing", missing, "a place in the chain");
                }
                before = link(before, row, seq == place + 1);
                place = seq;
            }
            if (page.size() < PAGE) {
                return before;
            }
        }
    }

    /// @param whole whether the place before this one is there
    private Head link(Head before, Record row, boolean whole) {
        long seq = row.get("seq", Long.class);
        String hash = row.get("hash", String.class);
        UUID id = row.get("audit_id", UUID.class);
        Head stored = new Head(seq, hash);
        anchor.filter(known -> known.seq() == seq && !known.hash().equals(hash))
                .ifPresent(_ -> add("moved", seq, id + ": the log knows another row in its place"));
        if (id.equals(AuditChain.BEGINNING)) {
            if (!stored.equals(AuditChain.beginning(seal))) {
                add("edited", seq, "the beginning of the chain, or the key is another one");
            }
            return stored;
        }
        sealed++;
        if (row.get("id", UUID.class) == null) {
            add("deleted", seq, id.toString());
            return stored;
        }
        String content = AuditRows.content(row);
        String mac = row.get("mac", String.class);
        if (!mac.isEmpty() && !seal.fits(mac, content)) {
            add("edited", seq, id.toString());
        } else if (whole && !AuditChain.next(seal, before, content).equals(stored)) {
            add(mac.isEmpty() ? "edited" : "moved", seq, id.toString());
        }
        return stored;
    }

    private void unchained(DSLContext sql) {
        UUID after = AuditChain.BEGINNING;
        while (true) {
            List<Record> page = List.copyOf(sql.fetch(UNCHAINED, DSL.val(after), DSL.val(PAGE)));
            for (Record row : page) {
                after = row.get("id", UUID.class);
                if (!seal.fits(row.get("mac", String.class), AuditRows.content(row))) {
                    add("inserted", 0, after + " (or written by a server with another key)");
                } else if (row.get("waits", Boolean.class)) {
                    unsealed++;
                } else {
                    add("missing", 0, after + " was taken out of the chain");
                }
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private void add(String what, long seq, String row) {
        found++;
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(what, seq, row));
        }
    }
}
