package dev.appos.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Failure;
import dev.appos.object.Input;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No change of the platform without its row in the audit, and no row without its change, whatever happens in between.
class AuditedChangesTest {

    @TempDir
    Path folder;

    @Test
    void every_change_of_who_may_do_what_leaves_who_and_about_whom_and_no_value() {
        try (Office office = new Office(folder)) {
            office.run(office.root, "create_user", "username", "ana", "password", "a long enough secret");
            office.run(office.root, "create_group", "name", "sales", "apps", List.of("crm"));
            office.run(office.root, "add_user_to_group", "group", "sales", "username", "ana");
            office.run(office.root, "add_grant", "group", "sales", "object_ref", "crm.*", "permissions",
                    List.of("view"));
            office.run(office.root, "create_api_key", "username", "ana", "name", "laptop");
            office.run(office.root, "reset_password", "username", "ana", "password", "another long secret");
            office.run(office.root, "deactivate_user", "username", "ana");

            List<String> rows = office.world.database.read(sql -> sql.fetch("""
                    select principal || ' ' || replace(object_ref, 'platform.rules.', '') || ' ' || subject
                    from appos.audit where verdict = 'allow' order by id""").getValues(0, String.class));
            assertThat(rows).containsExactlyInAnyOrder(
                    "root create_user {\"username\":\"ana\"}",
                    "root create_group {\"apps\":[\"crm\"],\"name\":\"sales\"}",
                    "root add_user_to_group {\"group\":\"sales\",\"username\":\"ana\"}",
                    "root add_grant {\"group\":\"sales\",\"object_ref\":\"crm.*\",\"permissions\":[\"view\"]}",
                    "root create_api_key {\"name\":\"laptop\",\"username\":\"ana\"}",
                    "root reset_password {\"username\":\"ana\"}",
                    "root deactivate_user {\"username\":\"ana\"}");
            Object digests = office.world.database.read(sql ->
                    sql.fetchValue("select count(digest) from appos.audit where verdict = 'allow'"));
            assertThat(digests).isEqualTo(0L);
        }
    }

    @Test
    void connections_that_are_cut_at_any_moment_leave_no_change_without_its_row_and_no_row_without_its_change() {
        try (Office office = new Office(folder)) {
            AtomicInteger number = new AtomicInteger();
            AtomicInteger cut = new AtomicInteger();
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
                for (int i = 0; i < 4; i++) {
                    threads.submit(() -> {
                        while (System.nanoTime() < end) {
                            attempt(office, "g" + number.incrementAndGet());
                        }
                    });
                }
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        cut(office, cut);
                        LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
                    }
                });
            }
            Set<String> groups = names(office, "select name from appos.groups where name ~ '^g[0-9]+$'");
            Set<String> rows = names(office, """
                    select subject::json ->> 'name' from appos.audit
                    where object_ref = 'platform.rules.create_group' and verdict = 'allow'""");
            assertThat(groups).isNotEmpty();
            assertThat(cut.get()).isPositive();
            assertThat(rows).isEqualTo(groups);
        }
    }

    @Test
    void what_cannot_be_audited_does_not_happen() {
        try (Office office = new Office(folder)) {
            office.world.database.write(sql -> sql.execute("alter table appos.audit rename to audit_away"));
            attempt(office, "g1");
            office.world.database.write(sql -> sql.execute("alter table appos.audit_away rename to audit"));
            assertThat(names(office, "select name from appos.groups where name = 'g1'")).isEmpty();
            attempt(office, "g1");
            assertThat(names(office, "select name from appos.groups where name = 'g1'")).hasSize(1);
        }
    }

    private static void attempt(Office office, String name) {
        try {
            office.call(office.root, "platform.rules.create_group",
                    new Input.Run(Map.of("name", name)));
        } catch (Refusal | Failure | DataAccessException expected) {
            assertThat(expected).isNotNull();
        }
    }

    private static void cut(Office office, AtomicInteger cut) {
        try {
            cut.addAndGet(office.world.database.read(sql -> sql.fetch("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()""").size()));
        } catch (Refusal | DataAccessException expected) {
            assertThat(expected).isNotNull();
        }
    }

    private static Set<String> names(Office office, String query) {
        List<String> names = office.world.database.read(sql -> sql.fetch(query).getValues(0, String.class));
        return new TreeSet<>(names);
    }
}
