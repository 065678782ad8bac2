package dev.appos.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Permission;
import dev.appos.insight.Health;
import dev.appos.insight.HealthSettings;
import dev.appos.insight.Insight;
import dev.appos.insight.Metrics;
import dev.appos.object.PlatformDefinition;
import dev.appos.process.ProcessRules;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents may not do whatever account they act for.
final class PersonsOnlyTest {

    @TempDir
    Path folder;

    private Office office;
    private World world;
    private Principal agent;

    @BeforeEach
    void open() {
        office = new Office(folder);
        world = office.world;
        world.join("root", "system_admin");
        world.grant("system_admin", "*", Permission.ADMIN);
        Object key = office.run(office.root, "create_agent", "name", "helper", "runs_as", "root").get("api_key");
        agent = world.identities.apiKey((String) key).principal();
        world.user("ana", Type.BASIC);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private List<PlatformDefinition> rules() {
        List<PlatformDefinition> rules = new ArrayList<>(office.platform.definitions());
        new ProcessRules().all().stream().map(PlatformRule::definition).forEach(rules::add);
        insight().all().stream().map(PlatformRule::definition).forEach(rules::add);
        return rules;
    }

    private Insight insight() {
        Health health = new Health(
                new Health.Facts("test", "test", office.world.clock.instant()), HealthSettings.DEFAULT,
                office.world.clock);
        return new Insight(office.registry, health, Metrics.NONE, office.world.ids, office.world.clock);
    }

    @Test
    void an_agent_of_an_administrator_makes_nobody_an_administrator() {
        for (Runnable escape : List.<Runnable>of(
                () -> office.run(agent, "create_user", "username", "x", "groups", List.of("system_admin")),
                () -> office.run(agent, "add_user_to_group", "username", "ana", "group", "system_admin"),
                () -> office.run(agent, "add_grant", "group", "system_admin", "object_ref", "crm.*", "permissions",
                        List.of("view")))) {
            Refusal refusal = office.refused(escape);
            assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
            assertThat(refusal).hasMessageContaining("is an agent, and this takes a person");
        }
        assertThat(office.run(office.root, "get_user", "username", "ana").get("groups")).isEqualTo(List.of());
        assertThat(office.items(agent, "list_users")).isNotEmpty();
    }

    @Test
    void what_agents_may_use_is_listed_here_and_everything_else_is_closed_to_them() {
        assertThat(rules()).filteredOn(rule -> !rule.personsOnly()).extracting(rule -> rule.ref().name())
                .containsExactlyInAnyOrder(
                        "get_current_user", "get_user", "list_users", "list_groups", "get_group", "get_group_members",
                        "get_user_groups", "list_public", "list_grants", "explain_access",
                        "list_api_keys", "list_sessions", "list_logins", "get_second_factor", "list_agents",
                        "list_policies", "evaluate_policy",
                        "list_approvals", "list_audit", "list_app_events", "transaction",
                        "list_processes", "get_process", "list_process_steps",
                        "process_times", "list_objects", "get_object", "impact", "list_changes", "list_problems",
                        "get_health", "check_health", "ask",
                        // the only ones that change anything, and nothing about who may do what
                        "cancel_process", "pause_process", "resume_process", "retry_process", "signal_process");
        PlatformRule made = PlatformRule.writes("x", "", Permission.VIEW, List.of(), (_, _) -> "");
        assertThat(made.definition().personsOnly()).isTrue();
    }

    @Test
    void every_closed_rule_is_refused_to_agents_before_its_inputs_are_looked_at() {
        assertThat(office.platform.definitions()).filteredOn(PlatformDefinition::personsOnly).hasSizeGreaterThan(20)
                .allSatisfy(rule -> assertThat(office.refused(() -> office.run(agent, rule.ref().name())))
                        .hasMessageContaining("takes a person"));
    }

    @Test
    void an_agent_passes_on_nothing_that_its_account_holds_as_an_administrator() {
        assertThat(world.guard.holdsAllOf(agent, office.registry.current(), "system_admin")).isFalse();
        assertThat(world.guard.holdsAllOf(office.root, office.registry.current(), "system_admin")).isTrue();
        assertThat(world.guard.explain(
                        agent, office.registry.current(),
                        office.registry.current().find("platform.rules.create_user").orElseThrow(), Permission.ADMIN)
                .chain()).hasSize(1);
    }
}
