package dev.appos.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.Operation;
import dev.appos.dispatch.Outlets;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.PlatformRule;
import dev.appos.dispatch.TestOutlets;
import dev.appos.govern.Policies;
import dev.appos.govern.PolicyGovernor;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.object.Action;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.process.ProcessRules;
import dev.appos.registry.Registry;
import dev.appos.secure.Agents;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import dev.appos.trace.JsonLog;
import dev.appos.trace.Meters;
import dev.appos.trace.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions through the door, and who is told what.
class AskTest {

    private final World world = new World();
    private final Registry registry = new Registry();
    private final Principal root = world.user("root", Type.SYSTEM_ADMIN);
    private final Principal ana = world.user("ana", Type.BASIC, "crm_users");
    private final Meters meters = new Meters(world.clock);
    private final Health health =
            new Health(new Health.Facts("3", "test", world.clock.instant()), HealthSettings.DEFAULT, world.clock);

    @TempDir
    private Path folder;

    private JsonLog log;
    private Dispatcher dispatcher;

    @BeforeEach
    void start() {
        log = new JsonLog(folder);
        List<PlatformRule> rules = new ArrayList<>(new ProcessRules().all());
        rules.addAll(new Insight(registry, health, Metrics.of(meters), world.ids, world.clock).all());
        rules.add(PlatformRule.reads("list_audit", "", Permission.ADMIN, List.of(), (_, _) -> "the audit"));
        PlatformEngine platform = new PlatformEngine(rules);
        Engine done = (_, _, _) -> new Operation.Write(_ -> "done");
        Policies policies = new Policies(world.coherence, world.clock);
        dispatcher = new Dispatcher(
                registry,
                world.database,
                new Judges(
                        world.guard, new PolicyGovernor(policies, registry),
                        new StoredApprovals(world.ids, world.clock),
                        new StoredLedger(world.database, world.clock, () -> 1)),
                new Engines(done, done, done, done, platform),
                new Outlets(
                        world.ids, log, TestOutlets.seal(world.ids), meters, Spans.NONE, world.clock, () -> 20));
        registry.swap(Sources.at(Map.of()).with(platform.definitions()));
        world.database.write(sql -> new RegistryTable(world.ids, world.clock).enter(sql, registry.current()));
        world.grant("crm_users", "crm.records.customer", Permission.VIEW);
        health.register("database", true, () -> "at db.internal");
        health.runAll();
    }

    @AfterEach
    void close() {
        log.close();
        meters.close();
        world.close();
    }

    private Object call(Principal principal, String ref, Input input) {
        return dispatcher.dispatch(
                new Context(principal, world.ids.execution(), world.clock.instant()), Call.of(Ref.of(ref), input));
    }

    private Map<String, Object> ask(Principal principal, String... namesAndValues) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            inputs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Json.object(Plain.of(call(principal, "platform.rules.ask", new Input.Run(inputs))), "The answer");
    }

    private static String data(Map<String, Object> answer) {
        return Json.write(answer.get("data"));
    }

    @Test
    void an_administrator_is_told_of_everything_that_a_change_touches() {
        Map<String, Object> answer = ask(root, "question", "What breaks if I change the invoice?");

        assertThat(answer).containsEntry("type", "impact_analysis");
        assertThat(Json.object(answer.get("understood"), "")).containsEntry("ref", "billing.records.invoice");
        assertThat(Json.object(answer.get("data"), ""))
                .containsEntry("direct_dependents", List.of(
                        "/api/billing/v1/invoices", "crm.rules.customer_ltv", "mcp:billing_records_invoice"))
                .containsEntry("total", 8);
    }

    @Test
    void others_are_told_of_what_they_may_see_and_a_hidden_object_reads_like_none() {
        assertThat(data(ask(ana, "type", "dependency_graph", "ref", "crm.rules.customer_ltv")))
                .doesNotContain("billing");
        String hidden = refused(ana, "type", "impact_analysis", "ref", "billing.records.invoice").getMessage();
        String absent = refused(ana, "type", "impact_analysis", "ref", "billing.records.invoixe").getMessage();
        assertThat(hidden.replace("invoice", "invoixe")).isEqualTo(absent);
        assertThat(ask(ana, "question", "what happens if I change the invoice")).containsEntry("type", "unknown");
        assertThat(Json.write(ask(ana, "question", "show the dependency graph"))).doesNotContain("billing");
    }

    private Refusal refused(Principal principal, String... namesAndValues) {
        try {
            ask(principal, namesAndValues);
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void what_was_refused_is_for_administrators() {
        assertThatThrownBy(() -> call(ana, "crm.rules.refund", new Input.Run(Map.of()))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> call(ana, "crm.rules.refund", new Input.Run(Map.of()))).isInstanceOf(Refusal.class);

        Map<String, Object> answer = ask(root, "question", "what was denied today?");
        assertThat(answer.get("summary").toString()).contains("2 calls were refused").contains("crm.rules.refund");
        assertThat(data(answer)).contains("\"principal\":\"ana\"").contains("\"count\":2");
        assertThat(refused(ana, "question", "what was denied today?").reason()).isEqualTo(Refusal.Reason.FORBIDDEN);
    }

    @Test
    void an_agent_asks_with_the_eyes_of_its_account_and_leaves_its_use_in_the_graph() {
        world.database.write(sql -> world.agents.create(
                sql,
                new Agents.Plan("clerk", "", "ana", false, List.of(), Optional.empty()), "test"));
        world.directory.refresh();
        Principal clerk = world.directory.find("agent:clerk").orElseThrow();
        call(clerk, "crm.records.customer", new Input.GetRecord(1, List.of()));

        assertThat(data(ask(clerk, "type", "dependency_graph"))).doesNotContain("billing").doesNotContain("agent:");
        assertThat(data(ask(root, "type", "dependency_graph", "ref", "crm.records.customer"))).contains("agent:clerk");
    }

    @Test
    void changes_are_told_with_what_they_touch() {
        world.clock.forward(Duration.ofDays(10));
        world.database.write(sql -> new RegistryTable(world.ids, world.clock)
                .enter(sql, Sources.at(Map.of(Sources.INVOICE, "2"))));

        Map<String, Object> answer = ask(root, "question", "what changed?");
        assertThat(data(answer)).contains("\"object_ref\":\"billing.records.invoice\"").contains("crm.rules.refund");
        assertThat(answer.get("summary").toString()).startsWith("1 object changed");
        assertThat(ask(ana, "question", "what changed?")).containsEntry("summary", "No object changed.");
    }

    @Test
    void measurements_and_messages_are_for_administrators() {
        meters.called(Sources.LTV, Action.RUN, 40_000_000, true);
        assertThat(data(ask(root, "question", "why is customer_ltv slow?"))).contains("\"average_ms\":40.0");
        assertThat(data(ask(ana, "question", "why is customer_ltv slow?"))).doesNotContain("p95_ms");
        assertThat(data(ask(root, "type", "runtime_status"))).contains("db.internal");
        assertThat(data(ask(ana, "type", "runtime_status"))).doesNotContain("db.internal").contains("healthy");
    }

    @Test
    void what_calls_took_is_told_of_the_slowest_first_and_of_the_object() {
        call(root, "crm.rules.refund", new Input.Run(Map.of()));
        assertThatThrownBy(() -> call(ana, "crm.rules.refund", new Input.Run(Map.of()))).isInstanceOf(Refusal.class);
        meters.called(Sources.LTV, Action.RUN, Duration.ofMinutes(2).toNanos(), true);

        Map<String, Object> answer = ask(root, "type", "performance_analysis", "ref", "crm.rules.refund");
        List<?> objects = (List<?>) Json.object(answer.get("data"), "").get("objects");
        assertThat(objects).hasSize(2);
        assertThat(Json.object(objects.getFirst(), "")).containsEntry("ref", "crm.rules.customer_ltv");
        assertThat(answer.get("summary").toString()).startsWith("crm.rules.customer_ltv is the slowest object (p95 ");
        assertThat(Json.object(objects.getLast(), ""))
                .containsEntry("ref", "crm.rules.refund")
                .containsEntry("count", 2L)
                .containsEntry("errors", 1L)
                .containsEntry("error_rate", 0.5)
                .containsEntry("last_run", world.clock.instant())
                .containsKeys("average_ms", "p95_ms");
        assertThat(metrics("crm.rules.refund")).containsEntry("count", 2L).containsEntry("errors", 1L);
        assertThat(metrics("crm.rules.customer_ltv")).containsEntry("average_ms", 120_000.0);
        assertThat(object("billing.records.invoice")).containsEntry("metrics", null);
        world.clock.forward(Duration.ofDays(3));
        assertThat(object("crm.rules.refund")).containsEntry("metrics", null);
        assertThat(data(ask(root, "type", "performance_analysis", "window", "7d"))).contains("\"objects\":[]");
    }

    private Map<String, Object> object(String ref) {
        return Json.object(
                Plain.of(call(root, "platform.rules.get_object", new Input.Run(Map.of("ref", ref)))), "The object");
    }

    private Map<String, Object> metrics(String ref) {
        return Json.object(object(ref).get("metrics"), "The metrics");
    }

    @Test
    void what_is_not_understood_is_answered_with_what_can_be_asked() {
        Map<String, Object> answer = ask(ana, "question", "Sing me a song");
        assertThat(answer).containsEntry("type", "unknown");
        assertThat(data(answer)).contains("performance_analysis").contains("example");
        assertThat(refused(ana).getMessage()).contains("/question");
        assertThat(refused(ana, "question", "a", "type", "b").getMessage()).contains("/question");
        assertThat(refused(ana, "question", "status", "window", "1h").getMessage()).contains("/question");
        assertThat(refused(ana, "type", "runtime_statsu").getMessage()).contains("runtime_status");
    }

    @Test
    void a_field_that_is_not_there_is_told() {
        assertThat(refused(root, "type", "impact_analysis", "ref", "crm.records.customer.nmae").getMessage())
                .contains("no field called nmae");
    }
}
