package dev.appos.trace;

import dev.appos.store.Database;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Puts rows of the audit into their chain, in the order in which they were committed.
///
/// Callers do not wait for it: a head of a chain that every call updates would let only one of them through at a time.
/// Any server does it, one at a time, every second; until then a row has only its own seal. After each round the head
/// is written to the security log, outside the database, so that cutting off the end of the chain is found too.
public final class AuditChain {

    /// The event under which the head of the chain stands in the log.
    static final String SEALED = "audit_sealed";

    /// Stands in the first place of every chain.
    static final UUID BEGINNING = new UUID(0, 0);

    private static final long LOCK = 0x6175_6469_74L;

    private static final int ROUND_MAX = 1_000;

    private static final String OPEN = """
            select o.audit_id as open_id, a.* from appos.audit_open o left join appos.audit a on a.id = o.audit_id
            order by o.audit_id limit {0}""";

    private final Database database;
    private final AuditSeal seal;
    private final JsonLog log;
    private final Clock clock;

    /// Where a chain ends.
    record Head(long seq, String hash) {}

    public AuditChain(Database database, AuditSeal seal, JsonLog log, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.log = log;
        this.clock = clock;
    }

    /// Puts what waits into the chain; answers how many rows that were. The first round of all makes the chain and
    /// takes in the rows from before there was one.
    public int seal() {
        boolean idle = database.read(sql -> sql.fetchValue(
                "select not exists (select from appos.audit_open) and exists (select from appos.audit_chain)"))
                .equals(true);
        if (idle) {
            return 0;
        }
        List<Head> sealed = database.write(sql -> {
            boolean mine = Boolean.TRUE.equals(sql.fetchValue("select pg_try_advisory_xact_lock({0})", DSL.val(LOCK)));
            return mine ? round(sql) : List.of();
        });
        if (!sealed.isEmpty()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", SEALED);
            line.put("seq", sealed.getLast().seq());
            line.put("hash", sealed.getLast().hash());
            log.add(LogType.SYSTEM, Category.SECURITY, Level.INFO, clock.instant(), line);
        }
        return sealed.size();
    }

    private List<Head> round(DSLContext sql) {
        Record last = sql.fetchOne("select seq, hash from appos.audit_chain order by seq desc limit 1");
        boolean first = last == null;
        Head head = first ? begin(sql) : new Head(last.get("seq", Long.class), last.get("hash", String.class));
        List<UUID> done = new ArrayList<>();
        List<Head> sealed = new ArrayList<>();
        for (Record row : sql.fetch(OPEN, DSL.val(first ? Integer.MAX_VALUE : ROUND_MAX))) {
            done.add(row.get("open_id", UUID.class));
            UUID id = row.get("id", UUID.class);
            if (id != null && (genuine(row) || first && row.get("mac", String.class).isEmpty())) {
                head = next(seal, head, AuditRows.content(row));
                sealed.add(head);
                sql.execute("insert into appos.audit_chain values (?, ?, ?)", head.seq(), id, head.hash());
            }
        }
        sql.execute("delete from appos.audit_open where audit_id = any(?)", (Object) done.toArray(UUID[]::new));
        return sealed;
    }

    private Head begin(DSLContext sql) {
        Head head = beginning(seal);
        sql.execute("insert into appos.audit_chain values (?, ?, ?)", head.seq(), BEGINNING, head.hash());
        return head;
    }

    private boolean genuine(Record row) {
        return seal.fits(row.get("mac", String.class), AuditRows.content(row));
    }

    static Head beginning(AuditSeal seal) {
        return new Head(1, seal.of("the beginning of the audit"));
    }

    static Head next(AuditSeal seal, Head before, String content) {
        long seq = before.seq() + 1;
        return new Head(seq, seal.of(seq + " " + before.hash() + " " + content));
    }
}
