package dev.appos.operations;

import static dev.appos.object.Permission.ADMIN;
import static dev.appos.object.Permission.DELETE;
import static dev.appos.object.Permission.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentOperationsTest {

    @TempDir
    Path folder;

    private Office office;
    private World world;
    private Principal root;

    @BeforeEach
    void open() {
        office = new Office(folder);
        world = office.world;
        root = office.root;
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Principal agent(Object... namesAndValues) {
        String key = (String) office.run(root, "create_agent", namesAndValues).get("api_key");
        return world.identities.apiKey(key).principal();
    }

    private Object get(Principal principal) {
        return office.call(principal, "crm.records.customer", new Input.GetRecord(1, List.of()));
    }

    private Object delete(Principal principal, long id) {
        return office.call(principal, "crm.records.customer", Office.delete(id));
    }

    @Test
    void an_agent_without_an_account_gets_one_that_may_do_what_its_skills_say() {
        Map<String, Object> made = office.run(root, "create_agent", "name", "helper", "description", "Looks things up",
                "skills", List.of("crm.records.customer.get", "crm.rules.customer_ltv"),
                "budget", Map.of("amount", "5.00", "unit", "EUR", "per", "day"));
        Principal helper = world.identities.apiKey((String) made.get("api_key")).principal();

        assertThat(made).contains(
                entry("name", "helper"), entry("type", "agent"), entry("status", "active"),
                entry("runs_as", "agent-helper"));
        assertThat(helper.name()).isEqualTo("agent:helper");
        get(helper);
        office.call(helper, "crm.rules.customer_ltv", new Input.Run(Map.of()));
        assertThat(office.refused(() -> delete(helper, 1)).reason()).isEqualTo(Reason.FORBIDDEN);
        Input invoice = new Input.GetRecord(1, List.of());
        assertThat(office.refused(() -> office.call(helper, "billing.records.invoice", invoice)).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(office.items(root, "list_agents")).singleElement().satisfies(agent ->
                assertThat(agent.get("budget").toString()).contains("spent=0.02"));
        assertThat(office.run(root, "get_user", "username", "agent-helper"))
                .contains(entry("user_type", "service_account"));
    }

    @Test
    void skills_and_policies_that_do_not_exist_are_refused_with_the_nearest_name() {
        Refusal refusal = office.refused(() -> agent("name", "helper", "policies", List.of("raed_only"),
                "skills", List.of("crm.records.custmer", "crm.records.customer.destroy", "nope.*")));

        assertThat(refusal.faults()).extracting(Refusal.Fault::path)
                .containsExactly("/skills/0", "/skills/1", "/skills/2", "/policies/0");
        assertThat(refusal.faults().getFirst().message()).contains("Did you mean crm.records.customer?");
        assertThat(refusal.faults().getLast().message()).contains("Did you mean read_only?");
        assertThat(office.items(root, "list_agents")).isEmpty();
    }

    @Test
    void a_stopped_agent_is_refused_at_its_next_call_and_goes_on_when_resumed() {
        String key = (String) office.run(root, "create_agent", "name", "helper", "runs_as", "root").get("api_key");
        Principal helper = world.identities.apiKey(key).principal();
        get(helper);

        office.run(root, "stop_agent", "name", "helper");
        office.refused(() -> get(helper));
        office.refused(() -> world.identities.apiKey(key));
        office.run(root, "resume_agent", "name", "helper");

        get(world.identities.apiKey(key).principal());
    }

    @Test
    void a_held_call_runs_once_after_a_person_approved_it() {
        Principal boss = world.user("boss", Type.BASIC, "crm_users", "bosses");
        world.grant("bosses", "crm.records.customer", DELETE);
        Principal viewer = world.user("viewer", Type.BASIC, "crm_users", "viewers");
        world.grant("viewers", "crm.records.customer", VIEW);
        Principal helper = agent("name", "helper", "runs_as", "root", "policies", List.of("production_safety"));

        Refusal held = office.refused(() -> delete(helper, 7));
        String id = held.approval().orElseThrow();

        assertThat(held.reason()).isEqualTo(Reason.HELD);
        assertThat(office.items(viewer, "list_approvals", "status", "pending")).isEmpty();
        assertThat(office.items(boss, "list_approvals", "status", "pending")).singleElement().satisfies(asked ->
                assertThat(asked).contains(
                        entry("kind", "agent"), entry("requested_by", "agent:helper"),
                        entry("object_ref", "crm.records.customer"), entry("policy", "production_safety"),
                        entry("may_answer", true)));
        assertThat(decided(helper, id).reason()).isEqualTo(Reason.FORBIDDEN);
        String nothing = "00000000-0000-0000-0000-000000000000";
        assertThat(decided(viewer, nothing).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(decided(viewer, id).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(decided(viewer, id)).hasMessage(decided(viewer, nothing).getMessage().replace(nothing, id));
        Principal clerk = world.user("clerk", Type.BASIC, "clerks");
        world.grant("clerks", "platform.*", ADMIN);
        assertThat(decided(clerk, id).reason()).as("sees it and may not answer").isEqualTo(Reason.FORBIDDEN);
        office.run(boss, "decide_approval", "id", id, "decision", "approve", "note", "ok");
        assertThat(office.refused(() -> delete(helper, 8)).reason()).isEqualTo(Reason.HELD);
        delete(helper, 7);
        assertThat(office.refused(() -> delete(helper, 7)).reason()).isEqualTo(Reason.HELD);
        assertThat(office.items(root, "list_audit", "user", "agent:helper")).extracting(line -> line.get("verdict"))
                .containsExactlyInAnyOrder("ask", "ask", "ask", "allow", "deny");
    }

    private Refusal decided(Principal principal, String id) {
        return office.refused(() -> office.run(principal, "decide_approval", "id", id, "decision", "approve"));
    }

    @Test
    void whom_an_agent_acts_for_sees_what_it_asks_and_does_not_answer() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "bosses");
        world.grant("bosses", "crm.records.customer", DELETE);
        Principal helper = agent("name", "helper", "runs_as", "ana", "policies", List.of("strict"));
        String id = office.refused(() -> delete(helper, 7)).approval().orElseThrow();

        assertThat(office.items(ana, "list_approvals")).singleElement()
                .satisfies(asked -> assertThat(asked).contains(entry("may_answer", false)));
        assertThat(decided(ana, id).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void an_agent_cannot_widen_itself_even_if_it_acts_for_an_administrator() {
        Principal helper = agent("name", "helper", "runs_as", "root");
        world.login("ana", Type.BASIC);

        for (Runnable escape : List.<Runnable>of(
                () -> office.run(helper, "create_api_key", "name", "k"),
                () -> office.run(helper, "create_api_key", "name", "k", "username", "root"),
                () -> office.run(helper, "put_policy", "name", "p", "policy", Map.of()),
                () -> office.run(helper, "create_agent", "name", "a2"),
                () -> office.run(helper, "resume_agent", "name", "helper"),
                () -> office.run(helper, "reset_password", "username", "ana", "password", "long enough"),
                () -> office.run(helper, "create_user", "username", "x", "user_type", "system_admin"),
                () -> office.run(helper, "update_user", "username", "root", "email", "x@example.org"),
                () -> office.run(helper, "create_group", "name", "g", "apps", List.of("crm")))) {
            assertThat(office.refused(escape).reason()).isEqualTo(Reason.FORBIDDEN);
        }
    }

    @Test
    void policies_are_put_listed_and_asked() {
        Map<String, Object> put = office.run(root, "put_policy", "name", "refunds", "policy", Map.of(
                "rules", List.of(Map.of(
                        "name", "large", "verdict", "ask", "actions", List.of("crm.rules.refund"),
                        "when", Map.of("amount", Map.of("gt", 100))))));
        agent("name", "helper", "runs_as", "root", "policies", List.of("refunds", "read_only"));

        assertThat(put).contains(entry("name", "refunds"), entry("version", 1), entry("conflicts", List.of()));
        assertThat(office.run(root, "evaluate_policy", "action", "crm.rules.refund.run", "policies",
                List.of("refunds"), "params", Map.of("amount", 500))).contains(
                        entry("verdict", "ask"), entry("policy", "refunds"), entry("version", 1),
                        entry("rule", "large"));
        assertThat(office.run(root, "evaluate_policy", "agent", "helper", "action", "database_query",
                "params", Map.of("query", "with d as (delete from x returning *) select * from d")))
                .contains(entry("verdict", "deny"), entry("policy", "read_only"), entry("rule", "sql"));
        agent("name", "narrow", "runs_as", "root", "skills", List.of("crm.records.customer.get"));
        assertThat(office.run(root, "evaluate_policy", "agent", "narrow", "action", "crm.records.customer.delete"))
                .contains(entry("verdict", "deny"), entry("policy", "skills"));
        assertThat(office.run(root, "evaluate_policy", "agent", "narrow", "action", "crm.records.customer.get"))
                .contains(entry("verdict", "allow"));
        assertThat(office.refused(() -> office.run(root, "evaluate_policy", "action", "x")).reason())
                .isEqualTo(Reason.INVALID);
        assertThat(office.items(root, "list_policies")).extracting(policy -> policy.get("name"))
                .containsExactly("refunds", "read_only", "no_pii", "strict", "production_safety");
    }

    @Test
    void what_policies_would_say_is_told_to_administrators_and_to_the_agent_itself() {
        Principal helper = agent("name", "helper", "policies", List.of("read_only"));
        Principal other = agent("name", "other");
        Principal ana = world.user("ana", Type.BASIC);

        assertThat(office.run(helper, "evaluate_policy", "agent", "helper", "action", "shell"))
                .contains(entry("verdict", "deny"));
        assertThat(office.run(helper, "evaluate_policy", "agent", "agent:helper", "action", "shell"))
                .contains(entry("verdict", "deny"));
        for (Principal stranger : List.of(other, ana)) {
            Refusal refusal = office.refused(
                    () -> office.run(stranger, "evaluate_policy", "agent", "helper", "action", "shell"));
            assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND);
            assertThat(refusal).hasMessage(office.refused(
                    () -> office.run(stranger, "evaluate_policy", "agent", "nobody", "action", "shell"))
                    .getMessage().replace("nobody", "helper"));
            assertThat(office.refused(() -> office.run(
                    stranger, "evaluate_policy", "policies", List.of("read_only"), "action", "shell")).reason())
                    .isEqualTo(Reason.FORBIDDEN);
        }
        assertThat(office.refused(() -> office.run(helper, "evaluate_policy", "agent", "helper", "policies",
                List.of("strict"), "action", "shell")).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void a_spent_budget_stops_an_agent() {
        Principal helper = agent("name", "helper", "runs_as", "root",
                "budget", Map.of("amount", 2, "unit", "calls", "per", "hour"));
        get(helper);
        get(helper);

        Refusal refusal = office.refused(() -> get(helper));
        assertThat(refusal.reason()).isEqualTo(Reason.OVER_BUDGET);
        assertThat(refusal.retryAfter()).isPresent();
    }
}
