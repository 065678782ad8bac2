package dev.appos.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ids;
import dev.appos.store.Database;
import dev.appos.store.Session;
import dev.appos.store.TestPostgres;
import dev.appos.trace.AuditCheck.Finding;
import dev.appos.trace.AuditCheck.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever changes the audit behind the platform's back is found out, and it is said which row it was.
class AuditChainTest {

    @TempDir
    Path folder;

    private final Database database = TestPostgres.database();
    private final Clock clock = Clock.systemUTC();
    private final Ids ids = new Ids(clock, new SecureRandom());
    private final AuditSeal seal = key("a key that nobody else has, and long enough");
    private final AuditRows rows = new AuditRows(seal);
    private JsonLog log;
    private AuditChain chain;

    @BeforeEach
    void begin() {
        log = new JsonLog(folder);
        chain = new AuditChain(database, seal, log, clock);
        chain.seal();
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void what_was_written_through_the_platform_is_sound() {
        List<UUID> written = write(5);
        assertThat(verify()).isEqualTo(new Report(true, 0, 5, List.of(), 0));
        assertThat(chain.seal()).isEqualTo(5);
        assertThat(chain.seal()).isZero();
        write(1);
        assertThat(verify()).isEqualTo(new Report(true, 5, 1, List.of(), 0));
        assertThat(order()).startsWith(AuditChain.BEGINNING).containsAll(written);
    }

    @Test
    void a_row_that_was_edited_is_named() {
        List<UUID> written = sealed(5);
        tamper("update appos.audit set principal = 'somebody else' where id = '" + written.get(2) + "'");
        assertThat(verify().findings()).containsExactly(new Finding("edited", 4, written.get(2).toString()));
    }

    @Test
    void a_row_that_was_edited_before_it_was_in_the_chain_is_named() {
        List<UUID> written = write(1);
        tamper("update appos.audit set reason = 'another'");
        chain.seal();
        assertThat(verify().findings()).singleElement()
                .satisfies(finding -> assertThat(finding.row()).startsWith(written.getFirst().toString()));
    }

    @Test
    void a_row_that_was_taken_out_is_named() {
        List<UUID> written = sealed(5);
        tamper("delete from appos.audit where id = '" + written.get(3) + "'");
        assertThat(verify().findings()).containsExactly(new Finding("deleted", 5, written.get(3).toString()));
    }

    @Test
    void a_row_taken_out_with_its_place_leaves_a_gap() {
        List<UUID> written = sealed(5);
        tamper("delete from appos.audit where id = '" + written.get(3) + "'");
        tamper("delete from appos.audit_chain where audit_id = '" + written.get(3) + "'");
        assertThat(verify().findings()).containsExactly(new Finding("missing", 5, "a place in the chain"));
    }

    @Test
    void a_row_that_was_put_in_is_named_and_never_gets_a_place() {
        write(2);
        UUID forged = ids.next();
        database.write(sql -> sql.execute("""
                insert into appos.audit (id, at, execution_id, principal, object_ref, action, verdict, rule)
                values (?, now(), 'x', 'nobody', 'x', 'run', 'allow', 'x')""", forged));
        chain.seal();
        Report report = verify();
        assertThat(report.sealed()).isEqualTo(2);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("inserted");
            assertThat(finding.row()).startsWith(forged.toString());
        });
    }

    @Test
    void rows_that_changed_places_are_named() {
        List<UUID> written = sealed(4);
        UUID nowhere = UUID.randomUUID();
        tamper("update appos.audit_chain set audit_id = '" + nowhere + "' where seq = 3");
        tamper("update appos.audit_chain set audit_id = '" + written.get(1) + "' where seq = 4");
        tamper("update appos.audit_chain set audit_id = '" + written.get(2) + "' where audit_id = '" + nowhere + "'");
        assertThat(verify().findings().stream().map(Finding::what)).contains("moved").doesNotContain("edited");
        assertThat(verify().findings().stream().map(Finding::seq)).contains(3L, 4L);
    }

    @Test
    void an_end_that_was_cut_off_is_found_by_what_the_log_knows() {
        write(3);
        chain.seal();
        log.close();
        assertThat(verify().sound()).isTrue();
        tamper("delete from appos.audit_chain where seq > 2");
        tamper("delete from appos.audit where id not in (select audit_id from appos.audit_chain)");
        assertThat(verify().findings()).extracting(Finding::what).containsExactly("cut_off");
    }

    @Test
    void another_key_seals_nothing_that_fits() {
        AuditRows others = new AuditRows(key("another key, which is just as long as it"));
        database.write(sql -> {
            others.add(sql, row());
            return others;
        });
        chain.seal();
        assertThat(verify().findings()).extracting(Finding::what).containsExactly("inserted");
    }

    @Test
    void rows_are_not_changed_and_not_deleted_by_ordinary_means() {
        write(1);
        chain.seal();
        for (String statement : List.of(
                "update appos.audit set principal = 'x'", "delete from appos.audit", "truncate appos.audit",
                "update appos.audit_chain set hash = 'x'", "delete from appos.audit_chain",
                "truncate appos.audit_chain")) {
            assertThatThrownBy(() -> database.write(sql -> sql.execute(statement)))
                    .as(statement)
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changed");
        }
    }

    @Test
    void callers_and_sealers_at_once_lose_nothing_and_seal_nothing_twice() {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 6; i++) {
                threads.submit(() -> write(50));
            }
            for (int i = 0; i < 2; i++) {
                threads.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        chain.seal();
                    }
                });
            }
        }
        chain.seal();
        assertThat(verify()).isEqualTo(new Report(true, 300, 0, List.of(), 0));
    }

    /// Rows in the chain in their order: those that are sealed together may take any order among themselves.
    private List<UUID> sealed(int count) {
        return IntStream.range(0, count).mapToObj(_ -> {
            UUID id = write(1).getFirst();
            chain.seal();
            return id;
        }).toList();
    }

    private List<UUID> write(int count) {
        return IntStream.range(0, count).mapToObj(_ -> {
            Map<String, Object> row = row();
            // REPEATABLE READ as app code writes: nobody waits for a chain and nobody has to begin anew.
            try (Session session = database.openRepeatable()) {
                rows.add(session.sql(), row);
                session.commit();
            }
            return (UUID) row.get("id");
        }).toList();
    }

    private Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", ids.next());
        row.put("at", clock.instant());
        row.put("execution_id", "exec_1");
        row.put("principal", "ana \ud800 \u0000");
        row.put("object_ref", "platform.rules.add_grant");
        row.put("action", "run");
        row.put("verdict", "allow");
        row.put("rule", "system_admin");
        row.put("policy_version", 3);
        row.put("reason", "");
        row.put("subject", "{\"group\":\"sales\"}");
        return row;
    }

    private Report verify() {
        return database.read(sql -> AuditCheck.run(sql, seal, log.files()));
    }

    private List<UUID> order() {
        return database.read(sql -> sql.fetch("select audit_id from appos.audit_chain order by seq")
                .map(row -> row.get("audit_id", UUID.class)));
    }

    /// As somebody who owns the database can.
    private void tamper(String statement) {
        database.write(sql -> {
            sql.execute("alter table appos.audit disable trigger user");
            sql.execute("alter table appos.audit_chain disable trigger user");
            int changed = sql.execute(statement);
            sql.execute("alter table appos.audit enable trigger user");
            sql.execute("alter table appos.audit_chain enable trigger user");
            return changed;
        });
    }

    private static AuditSeal key(String text) {
        return new AuditSeal(text.getBytes(StandardCharsets.UTF_8));
    }
}
