package dev.appos.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.appos.api.Cond;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Input;
import dev.appos.registry.Registry;
import dev.appos.secure.Apps;
import dev.appos.secure.Coherence;
import dev.appos.secure.CoherenceSettings;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PolicyGovernorTest {

    private final Database database = TestPostgres.database();
    private final Registry registry = new Registry();
    private final Policies policies = new Policies(
            new Coherence(database, CoherenceSettings.DEFAULT, System::nanoTime), Clock.systemUTC());
    private final PolicyGovernor governor = new PolicyGovernor(policies, registry);

    @BeforeEach
    void load() {
        registry.swap(Apps.snapshot());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Policies.Put put(String name, String body) {
        Policies.Put put = database.write(
                sql -> policies.put(sql, name, Json.object(Json.read(body.replace('\'', '"')), "policy"), "ana"));
        policies.refresh();
        return put;
    }

    private Verdict judge(String action, Map<String, ?> params, String... names) {
        return governor.evaluate(List.of(names), action, params);
    }

    private String kind(String action, Map<String, ?> params, String... names) {
        return judge(action, params, names).kind().name();
    }

    private static Principal.Agent agent(Optional<Set<String>> skills, String... policies) {
        Principal.User robot = new Principal.User("robot", Type.SERVICE_ACCOUNT, Set.of());
        return new Principal.Agent("agent:helper", robot, List.of(policies), skills);
    }

    @Test
    void the_verdict_names_policy_version_rule_and_reason() {
        put("refunds", "{'rules': []}");
        put("refunds", "{'rules': [{'name': 'large', 'verdict': 'ask', 'actions': ['crm.rules.refund'],"
                + " 'when': {'amount': {'gt': 100}}, 'reason': 'refunds above 100 need a person'}]}");

        assertThat(judge("crm.rules.refund.run", Map.of("amount", 101), "refunds")).isEqualTo(new Verdict(
                Verdict.Kind.ASK, "refunds", 2, "large", "refunds above 100 need a person"));
        assertThat(kind("crm.rules.refund.run", Map.of("amount", 100), "refunds")).isEqualTo("ALLOW");
    }

    @Test
    void the_strictest_verdict_of_all_policies_and_rules_counts() {
        put("audits", "{'rules': [{'verdict': 'audit', 'actions': ['crm.*']}]}");
        put("asks", "{'rules': [{'verdict': 'ask', 'actions': ['crm.*']}, {'verdict': 'allow', 'actions': ['*']}]}");
        put("denies", "{'rules': [{'verdict': 'deny', 'actions': ['crm.records.*.delete']}]}");
        Map<String, Object> id = Map.of("id", 1);

        assertThat(kind("crm.records.customer.delete", id, "audits")).isEqualTo("AUDIT");
        assertThat(kind("crm.records.customer.delete", id, "audits", "asks")).isEqualTo("ASK");
        assertThat(kind("crm.records.customer.delete", id, "denies", "asks", "audits")).isEqualTo("DENY");
        assertThat(kind("crm.records.customer.update", id, "denies", "asks", "audits")).isEqualTo("ASK");
        assertThat(kind("billing.records.invoice.get", id, "denies", "asks", "audits")).isEqualTo("ALLOW");
    }

    @Test
    void an_unknown_policy_denies_and_no_policy_allows() {
        assertThat(judge("crm.records.customer.list", Map.of(), "read_only", "typo")).isEqualTo(new Verdict(
                Verdict.Kind.DENY, "typo", 0, "unknown policy", "there is no readable policy called typo"));
        assertThat(kind("crm.records.customer.list", Map.of())).isEqualTo("ALLOW");
    }

    @Test
    void a_stored_policy_that_cannot_be_read_denies() {
        put("odd", "{}");
        database.write(sql -> {
            sql.execute("update appos.policies set body = '{\"verdikt\": 1}' where name = 'odd'");
            return sql.execute("update appos.security_version set version = version + 1");
        });
        policies.refresh();

        assertThat(kind("crm.records.customer.list", Map.of(), "odd")).isEqualTo("DENY");
    }

    @Test
    void a_new_version_judges_the_next_call() {
        put("p", "{'default': 'deny'}");
        assertThat(kind("crm.records.customer.list", Map.of(), "p")).isEqualTo("DENY");
        put("p", "{'default': 'allow'}");
        assertThat(kind("crm.records.customer.list", Map.of(), "p")).isEqualTo("ALLOW");
    }

    @Test
    void with_default_deny_only_what_is_allowed_goes() {
        put("narrow", "{'default': 'deny', 'rules': [{'verdict': 'allow', 'actions': ['crm.records.customer.get']}]}");
        put("listed", "{'allowed_actions': ['crm.records.*']}");

        assertThat(kind("crm.records.customer.get", Map.of(), "narrow")).isEqualTo("ALLOW");
        assertThat(kind("crm.records.customer.list", Map.of(), "narrow")).isEqualTo("DENY");
        assertThat(kind("crm.records.customer.list", Map.of(), "listed")).isEqualTo("ALLOW");
        assertThat(kind("crm.rules.refund.run", Map.of(), "listed")).isEqualTo("DENY");
    }

    @Test
    void conditions_compare_numbers_as_numbers_however_they_are_written() {
        put("p", "{'rules': [{'verdict': 'deny', 'actions': ['*'], 'when': {'amount': {'gt': 99.5}}}]}");

        assertThat(kind("crm.rules.refund.run", Map.of("amount", "100"), "p")).isEqualTo("DENY");
        assertThat(kind("crm.rules.refund.run", Map.of("amount", " 1e2 "), "p")).isEqualTo("DENY");
        assertThat(kind("crm.rules.refund.run", Map.of("amount", 99.50), "p")).isEqualTo("ALLOW");
        assertThat(kind("crm.rules.refund.run", Map.of(), "p")).isEqualTo("ALLOW");
        assertThat(kind("crm.rules.refund.run", Map.of("amount", true), "p")).isEqualTo("DENY");
    }

    @Test
    void every_test_works() {
        Map<String, Object> values = Map.of(
                "status", "ACTIVE", "tags", List.of("vip", "old"), "address", Map.of("city", "Bilbao"), "n", 5);
        Map<String, Boolean> tests = Map.ofEntries(
                Map.entry("'status': {'eq': 'ACTIVE'}", true),
                Map.entry("'status': {'ne': 'ACTIVE'}", false),
                Map.entry("'n': {'eq': 5.0}", true),
                Map.entry("'n': {'gte': 5, 'lte': 5}", true),
                Map.entry("'n': {'gt': 4, 'lt': 5}", false),
                Map.entry("'status': {'in': ['NEW', 'ACTIVE']}", true),
                Map.entry("'tags': {'contains': 'vip'}", true),
                Map.entry("'status': {'contains': 'act'}", true),
                Map.entry("'address.city': {'matches': 'bil*'}", true),
                Map.entry("'address.zip': {'exists': false}", true),
                Map.entry("'address.city': {'exists': false}", false),
                Map.entry("'missing': {'ne': 'x'}", false));

        tests.forEach((test, holds) -> {
            put("t", "{'rules': [{'verdict': 'deny', 'actions': ['*'], 'when': {" + test + "}}]}");
            assertThat(kind("x.y.z.run", values, "t")).as(test).isEqualTo(holds ? "DENY" : "ALLOW");
        });
    }

    @Test
    void a_condition_on_a_field_sees_updates_and_every_row_of_many() {
        put("p", "{'rules': [{'verdict': 'deny', 'actions': ['crm.records.customer'],"
                + " 'when': {'credit_limit': {'gt': 1000}}}]}");
        put("only", "{'default': 'deny', 'rules': [{'verdict': 'allow', 'actions': ['*'],"
                + " 'when': {'credit_limit': {'lte': 1000}}}]}");
        Principal.Agent agent = agent(Optional.empty(), "p");
        Principal.Agent only = agent(Optional.empty(), "only");
        Ref customer = Ref.of("crm.records.customer");
        Input update = new Input.UpdateRecord(1, OptionalInt.empty(), Map.of("credit_limit", 5000));
        Input rows = new Input.CreateRecords(List.of(Map.of("credit_limit", 10), Map.of("credit_limit", 5000)));

        assertThat(governor.judge(agent, customer, update, false).kind()).isEqualTo(Verdict.Kind.DENY);
        assertThat(governor.judge(agent, customer, rows, false).kind()).isEqualTo(Verdict.Kind.DENY);
        assertThat(governor.judge(only, customer, rows, false).kind()).isEqualTo(Verdict.Kind.DENY);
    }

    @Test
    void a_condition_on_a_record_is_not_walked_round_by_changing_whatever_fits() {
        put("deny", "{'rules': [{'verdict': 'deny', 'actions': ['crm.*'], 'when': {'id': {'eq': 7}}}]}");
        put("ask", "{'rules': [{'verdict': 'ask', 'actions': ['crm.*'], 'when': {'status': {'eq': 'PAID'}}}]}");
        put("only", "{'default': 'deny', 'rules': [{'verdict': 'allow', 'actions': ['*'],"
                + " 'when': {'id': {'ne': 7}}}]}");
        Cond seven = new Cond.Compare("id", Cond.Operator.IN, List.of(7L));
        Input update = new Input.UpdateRecords(seven, Map.of("status", "NEW"));
        Input sly = new Input.UpdateRecords(seven, Map.of("id", 8));
        Input one = new Input.UpdateRecord(7, OptionalInt.empty(), Map.of("id", 8));
        Input delete = new Input.DeleteRecords(seven);

        for (Input input : List.of(update, sly, one, delete)) {
            assertThat(customer(input, "deny")).as("deny " + input).isEqualTo("DENY");
            assertThat(customer(input, "only")).as("only " + input).isEqualTo("DENY");
        }
        assertThat(customer(new Input.DeleteRecord(8, OptionalInt.empty()), "deny")).isEqualTo("ALLOW");
        assertThat(customer(new Input.DeleteRecord(8, OptionalInt.empty()), "only")).isEqualTo("ALLOW");
        assertThat(customer(delete, "ask")).isEqualTo("ASK");
        assertThat(customer(update, "ask")).as("what it will be is among the changes").isEqualTo("ALLOW");
        assertThat(customer(new Input.UpdateRecords(seven, Map.of("status", "PAID")), "ask")).isEqualTo("ASK");
        assertThat(customer(new Input.GetRecord(7, List.of()), "ask")).isEqualTo("ALLOW");
    }

    private String customer(Input input, String policy) {
        Principal.Agent agent = agent(Optional.empty(), policy);
        return governor.judge(agent, Ref.of("crm.records.customer"), input, false).kind().name();
    }

    @Test
    void blocked_texts_are_found_in_keys_values_depth_disguise_and_by_pattern() {
        put("p", "{'blocked_patterns': ['drop table', {'regex': 'sk-[a-z0-9]{8}'}, {'glob': '*.internal'}]}");

        assertThat(kind("a.b.c.run", Map.of("q", "DROP  table".replace("  ", " ")), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("x", List.of(Map.of("drop table", 1))), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("x", "d\u200bro\uff50 table"), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("x", "key SK-abcdef12"), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("host", "db.INTERNAL"), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("host", "example.org"), "p")).isEqualTo("ALLOW");
    }

    @Test
    void a_pattern_that_would_search_for_ever_denies_soon() {
        put("slow", "{'blocked_patterns': [{'regex': '(a+)+$'}]}");
        long start = System.nanoTime();

        assertThat(kind("a.b.c.run", Map.of("x", "a".repeat(5000) + "!"), "slow")).isEqualTo("DENY");
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void blocked_and_approval_lists_speak() {
        put("p", "{'blocked_actions': ['send_email', '*.delete'], 'require_approval': ['crm.rules.refund']}");

        assertThat(judge("send_email", Map.of(), "p").rule()).isEqualTo("blocked_actions");
        assertThat(kind("crm.records.customer.delete", Map.of("id", 1), "p")).isEqualTo("DENY");
        assertThat(kind("crm.rules.refund.run", Map.of("approved", true), "p")).isEqualTo("ASK");
    }

    @Test
    void every_fault_of_a_policy_is_named_by_its_place() {
        assertThatThrownBy(() -> put("p", "{'defualt': 'deny', 'rules': [{'verdict': 'dney', 'actions': []},"
                        + " {'verdict': 'ask', 'actions': ['a'], 'when': {'x': {'grt': 1, 'in': 5}}}],"
                        + " 'blocked_patterns': [{'regex': '('}]}"))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.faults()).extracting(Refusal.Fault::path).containsExactly(
                        "/defualt", "/rules/0/verdict", "/rules/0/actions", "/rules/1/when/x/grt",
                        "/rules/1/when/x/in", "/blocked_patterns/0/regex"))
                .satisfies(refusal -> assertThat(refusal.faults().getFirst().message()).contains("default"));
        assertThat(policies.names()).doesNotContain("p");
    }

    @Test
    void numbers_without_bounds_are_refused_in_policies_and_unclear_in_arguments() {
        BigDecimal huge = new BigDecimal("1e99999999");
        for (Map<String, Object> test : List.<Map<String, Object>>of(
                Map.of("gt", huge),
                Map.of("in", List.of(1, huge.negate())),
                Map.of("eq", BigDecimal.ONE.movePointLeft(999)))) {
            Map<String, Object> body = Map.of("rules", List.of(
                    Map.of("verdict", "ask", "actions", List.of("a"), "when", Map.of("x", test))));
            assertThatThrownBy(() -> database.write(sql -> policies.put(sql, "p", body, "ana")))
                    .asInstanceOf(type(Refusal.class))
                    .satisfies(refusal -> assertThat(refusal.faults().getFirst().code()).isEqualTo("range"));
        }
        put("p", "{'rules': [{'verdict': 'deny', 'actions': ['*'], 'when': {'amount': {'gt': 100}}}]}");
        assertThat(kind("a.b.c.run", Map.of("amount", huge), "p")).isEqualTo("DENY");
        assertThat(kind("a.b.c.run", Map.of("amount", "-1e99999999"), "p")).isEqualTo("DENY");
        put("e", "{'rules': [{'verdict': 'deny', 'actions': ['*'], 'when': {'amount': {'eq': 1}}}]}");
        assertThat(kind("a.b.c.run", Map.of("amount", huge), "e")).isEqualTo("ALLOW");
    }

    @Test
    void what_comes_with_the_platform_cannot_be_replaced() {
        assertThatThrownBy(() -> put("read_only", "{}")).isInstanceOf(Refusal.class).hasMessageContaining("comes with");
    }

    @Test
    void conflicts_are_told_when_a_policy_is_put() {
        assertThat(put("p", "{'allowed_actions': ['a.b'], 'blocked_actions': ['a.*'], 'require_approval': ['a.b'],"
                        + " 'rules': [{'name': 'mild', 'verdict': 'ask', 'actions': ['c.d']},"
                        + " {'name': 'hard', 'verdict': 'deny', 'actions': ['c.*']}]}").conflicts())
                .containsExactly(
                        "allowed_actions has a.b, which blocked_actions denies.",
                        "require_approval has a.b, which blocked_actions denies: nobody is ever asked.",
                        "Rule mild never decides: rule hard is stricter for all of its actions.");
        assertThat(put("n", "{'default': 'deny'}").conflicts())
                .containsExactly("The default is deny and nothing is allowed: every call is denied.");
    }

    @Test
    void skills_are_the_entrances_and_policies_judge_what_lies_behind_them() {
        Ref customer = Ref.of("crm.records.customer");
        Input list = new Input.CountRecords(dev.appos.object.Query.ALL);
        Input delete = new Input.DeleteRecord(1, OptionalInt.empty());
        Principal.Agent one = agent(Optional.of(Set.of("crm.records.customer.list")));
        Principal.Agent wide = agent(Optional.of(Set.of("crm.records.*")));
        Principal.Agent none = agent(Optional.of(Set.of()));
        Principal.Agent bound = agent(Optional.of(Set.of("crm.*")), "read_only");

        assertThat(governor.judge(one, customer, list, false).kind()).isEqualTo(Verdict.Kind.ALLOW);
        assertThat(governor.judge(one, customer, delete, false).policy()).isEqualTo("skills");
        assertThat(governor.judge(one, customer, delete, true).kind()).isEqualTo(Verdict.Kind.ALLOW);
        assertThat(governor.judge(wide, customer, delete, false).kind()).isEqualTo(Verdict.Kind.ALLOW);
        assertThat(governor.judge(none, customer, list, false).kind()).isEqualTo(Verdict.Kind.DENY);
        assertThat(governor.judge(bound, customer, delete, true).kind()).isEqualTo(Verdict.Kind.DENY);
    }
}
