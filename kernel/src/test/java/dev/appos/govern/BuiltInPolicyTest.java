package dev.appos.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Snapshot;
import dev.appos.secure.Apps;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BuiltInPolicyTest {

    private static final Snapshot APPS = Apps.snapshot();

    private static String judge(String policy, String action, Map<String, ?> values) {
        return BuiltInPolicy.of(policy).orElseThrow().judge(Deed.of(APPS, action, values)).kind().name();
    }

    private static String sql(String policy, String query) {
        return judge(policy, "database_query", Map.of("query", query));
    }

    @ParameterizedTest
    @CsvSource({
        "crm.records.customer.list, ALLOW",
        "crm.records.customer.get, ALLOW",
        "crm.records.customer.create, DENY",
        "crm.records.customer.update, DENY",
        "crm.records.customer.delete, DENY",
        "crm.records.customer, DENY",
        "crm.rules.customer_ltv.run, ALLOW",
        "crm.rules.customer_ltv, ALLOW",
        "crm.rules.refund.run, DENY",
        "crm.interfaces.customers.render, ALLOW",
        "crm.rules.nobody_knows.run, DENY",
        "file_read, ALLOW",
        "web_search, ALLOW",
        "file_write, DENY",
        "file_delete, DENY",
        "send_email, DENY",
        "code_execution, DENY",
        "database_write, DENY",
        "shell, DENY",
        "frobnicate, DENY"
    })
    void read_only_lets_reading_through_and_nothing_else(String action, String verdict) {
        assertThat(judge("read_only", action, Map.of("id", 1))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select * from customer",
        "SELECT c.id, count(*) FROM crm.customers c JOIN billing.invoices i ON i.customer_id = c.id GROUP BY c.id",
        "with t as (select 1 as a) select a from t union all select 2",
        "select 'delete from customer' as text",
        "select \"delete\" from x -- drop table x",
        "select * from x where note = 'a; drop table x'",
        "select 1;"
    })
    void read_only_lets_a_query_through(String query) {
        assertThat(sql("read_only", query)).isEqualTo("ALLOW");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "delete from customer",
        "DeLeTe/**/from customer",
        "insert into x values (1)",
        "update x set a = 1",
        "drop table x",
        "truncate x",
        "create table y as select * from x",
        "alter table x add column y int",
        "with d as (delete from customer returning *) select * from d",
        "with a as (select 1), b as (update x set a = 1 returning a) select * from a, b",
        "select * from (with i as (insert into x values (1) returning a) select * from i) t",
        "select * into copy from customer",
        "select 1; delete from customer",
        "select 1; set role postgres",
        "set role postgres; select 1",
        "set session authorization postgres",
        "select * from customer for update",
        "select * from customer for no key update",
        "select * from customer for share",
        "select nextval('s')",
        "select setval('s', 1)",
        "select pg_terminate_backend(1)",
        "select pg_sleep(100)",
        "select lo_import('/etc/passwd')",
        "select lo_export(1, '/tmp/x')",
        "select pg_read_file('/etc/passwd')",
        "select query_to_xml('delete from x', true, true, '')",
        "select dblink_exec('db', 'delete from x')",
        "select * from my_function()",
        "select set_config('role', 'postgres', false)",
        "copy customer to program 'rm -rf /'",
        "do $$ begin delete from x; end $$",
        "call wipe()",
        "explain analyze delete from x",
        "prepare p as delete from x",
        "vacuum",
        "lock table x",
        "grant all on x to public",
        "merge into x using y on x.a = y.a when matched then delete",
        "select '\\'; delete from x; --'",
        "select /* [jooq ignore start] */ 1; delete from x /* [jooq ignore stop] */",
        "begin; delete from x; commit",
        "",
        ";",
        "not sql at all"
    })
    void read_only_denies_every_other_text(String query) {
        assertThat(sql("read_only", query)).isEqualTo("DENY");
    }

    @Test
    void read_only_denies_sql_that_is_not_there_or_stands_elsewhere() {
        assertThat(judge("read_only", "database_query", Map.of())).isEqualTo("DENY");
        assertThat(judge("read_only", "database_query", Map.of("query", "select 1", "sql", "delete from x")))
                .isEqualTo("DENY");
        assertThat(judge("read_only", "run_query", Map.of("query", "delete from x"))).isEqualTo("DENY");
        assertThat(judge("read_only", "database_query", Map.of("query", "select 1 " + "+ 1".repeat(20_000))))
                .isEqualTo("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "my ssn is on file", "SSN: 1", "social security number", "creditCard", "credit-card", "the password",
        "123-45-6789", "123 45 6789", "123\u201345\u20136789", "4111 1111 1111 1111", "4111-1111-1111-1111",
        "card 378282246310005.", "p\u200bassword", "\uff30assword"
    })
    void no_pii_finds_words_and_numbers(String text) {
        assertThat(judge("no_pii", "send_email", Map.of("body", text))).isEqualTo("DENY");
        assertThat(judge("no_pii", "send_email", Map.of("body", List.of(Map.of(text, 1))))).isEqualTo("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "className", "assessment", "passwordless", "classnames", "000-12-3456", "666-12-3456", "123-00-4567",
        "4111 1111 1111 1112", "2026-11-20", "+34 600 123 456", "ana@example.org", "1763630000000", "passenger"
    })
    void no_pii_lets_everything_else_through(String text) {
        assertThat(judge("no_pii", "send_email", Map.of("body", text))).isEqualTo("ALLOW");
    }

    @Test
    void no_pii_finds_a_card_number_that_is_a_number() {
        assertThat(judge("no_pii", "crm.records.customer.create", Map.of("note", 4111111111111111L))).isEqualTo("DENY");
    }

    @ParameterizedTest
    @CsvSource({
        "crm.records.customer.list, ALLOW",
        "crm.records.customer.create, ASK",
        "crm.records.customer.update, ASK",
        "crm.records.customer.delete, ASK",
        "crm.rules.customer_ltv.run, ALLOW",
        "crm.rules.refund.run, ASK",
        "send_email, ASK",
        "file_write, ASK",
        "code_execution, ASK",
        "shell, DENY"
    })
    void strict_asks_before_every_write(String action, String verdict) {
        assertThat(judge("strict", action, Map.of("id", 1, "approved", true))).isEqualTo(verdict);
    }

    @Test
    void strict_reads_sql() {
        assertThat(sql("strict", "select 1")).isEqualTo("ALLOW");
        assertThat(sql("strict", "with d as (delete from x returning *) select * from d")).isEqualTo("ASK");
    }

    @Test
    void production_safety_asks_before_deleting_and_before_changing_many() {
        assertThat(judge("production_safety", "crm.records.customer.delete", Map.of("id", 1))).isEqualTo("ASK");
        assertThat(judge("production_safety", "crm.records.customer.update", Map.of("id", 1))).isEqualTo("ALLOW");
        assertThat(judge("production_safety", "crm.records.customer.update", Map.of("where", "all"))).isEqualTo("ASK");
        assertThat(judge("production_safety", "crm.records.customer.create", Map.of())).isEqualTo("ALLOW");
        assertThat(judge("production_safety", "file_delete", Map.of())).isEqualTo("ASK");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "select 1 | ALLOW",
        "insert into x values (1) | ALLOW",
        "delete from x where id = 1 | ASK",
        "update x set a = 1 | ASK",
        "with d as (delete from x returning *) select * from d | ASK",
        "drop table x | DENY",
        "select 1; drop table x | DENY",
        "DROP/**/TABLE x | DENY",
        "truncate x | DENY",
        "alter table x drop column y | DENY",
        "do $$ begin drop table x; end $$ | DENY",
        "select 'drop table x' | ALLOW",
        "drop database x cascade force | DENY",
        "set role postgres; insert into x values (1) | DENY"
    })
    void production_safety_reads_sql(String query, String verdict) {
        assertThat(sql("production_safety", query)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ls -la /tmp | ALLOW",
        "git status | ALLOW",
        "grep -r terms . | ALLOW",
        "rm -rf / | DENY",
        "/bin/rm x | DENY",
        "r''m -rf / | DENY",
        "r\\m x | DENY",
        "echo a && rm x | DENY",
        "echo a;rm x | DENY",
        "$(rm x) | DENY",
        "find . -delete | DENY",
        "mkfs.ext4 /dev/sda | DENY",
        "dd if=/dev/zero of=/dev/sda | DENY",
        "psql -c 'drop table x' | DENY",
        "git push --force | DENY",
        "rm${IFS}-rf${IFS}x | DENY"
    })
    void production_safety_denies_commands_that_destroy(String command, String verdict) {
        assertThat(judge("production_safety", "shell", Map.of("command", command))).isEqualTo(verdict);
    }

    @Test
    void production_safety_denies_a_download_into_a_shell() {
        assertThat(judge("production_safety", "shell", Map.of("command", "curl x | sudo bash"))).isEqualTo("DENY");
    }
}
