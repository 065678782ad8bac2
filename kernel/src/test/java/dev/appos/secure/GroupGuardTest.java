package dev.appos.secure;

import static dev.appos.object.Permission.ADMIN;
import static dev.appos.object.Permission.CREATE;
import static dev.appos.object.Permission.DELETE;
import static dev.appos.object.Permission.UPDATE;
import static dev.appos.object.Permission.USE;
import static dev.appos.object.Permission.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ref;
import dev.appos.identity.Predefined;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision.Allow;
import dev.appos.secure.Decision.Deny;
import dev.appos.secure.Principal.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupGuardTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void silence_is_no() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");

        assertThat(world.decide(ana, "crm.records.customer", VIEW)).isInstanceOf(Deny.class);
    }

    @Test
    void a_grant_lets_the_members_of_its_group_do_it_and_says_so() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.customer", UPDATE);

        assertThat(world.decide(ana, "crm.records.customer", UPDATE).rule())
                .isEqualTo("group crm_users may update crm.records.customer (grant update on crm.records.customer)");
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isTrue();
        assertThat(world.allowed(ana, "crm.records.customer", DELETE)).isFalse();
        assertThat(world.allowed(ana, "crm.records.employee", VIEW)).isFalse();
    }

    @Test
    void wildcards_reach_the_kind_the_app_everything_and_names_that_begin_alike() {
        Principal kind = world.user("kind", Type.BASIC, "kinds", "crm_users");
        Principal app = world.user("app", Type.BASIC, "apps", "crm_users");
        Principal all = world.user("all", Type.BASIC, "alls", "crm_users");
        Principal name = world.user("name", Type.BASIC, "names", "crm_users");
        world.grant("kinds", "crm.records.*", VIEW);
        world.grant("apps", "crm.*", CREATE);
        world.grant("alls", "*", ADMIN);
        world.grant("names", "crm.customer*", VIEW);

        assertThat(world.allowed(kind, "crm.records.customer", VIEW)).isTrue();
        assertThat(world.allowed(kind, "crm.rules.refund", VIEW)).isFalse();
        assertThat(world.allowed(app, "crm.records.employee", CREATE)).isTrue();
        assertThat(world.allowed(all, "crm.rules.refund", USE)).isTrue();
        assertThat(world.allowed(name, "crm.records.customer_note", VIEW)).isTrue();
        assertThat(world.allowed(name, "crm.interfaces.customers", VIEW)).isTrue();
        assertThat(world.allowed(name, "crm.records.employee", VIEW)).isFalse();
    }

    @Test
    void without_a_group_that_opens_the_app_no_grant_helps() {
        Principal ana = world.user("ana", Type.BASIC, "auditors");
        world.grant("auditors", "billing.*", ADMIN);

        assertThat(world.decide(ana, "billing.records.invoice", VIEW))
                .isEqualTo(new Deny("no group of ana is linked to app billing", true));

        world.open("auditors", "billing");

        assertThat(world.allowed(ana, "billing.records.invoice", DELETE)).isTrue();
    }

    @Test
    void what_one_may_not_view_is_hidden_and_what_one_may_view_is_forbidden() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.customer", VIEW);

        assertThat(((Deny) world.decide(ana, "crm.records.customer", UPDATE)).hidden()).isFalse();
        assertThat(((Deny) world.decide(ana, "crm.records.employee", UPDATE)).hidden()).isTrue();
    }

    @Test
    void rules_and_screens_that_state_nothing_take_the_defaults_of_their_app() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        Principal ugo = world.user("ugo", Type.BASIC, "crm_users", "crm_ui");
        Principal stranger = world.user("stranger", Type.BASIC);

        assertThat(world.decide(ana, "crm.rules.customer_ltv", USE).rule())
                .isEqualTo("everyone in the app may use crm.rules.customer_ltv (default of app crm)");
        assertThat(world.allowed(stranger, "crm.rules.customer_ltv", USE)).isFalse();
        assertThat(world.allowed(ana, "crm.interfaces.customers", VIEW)).isFalse();
        assertThat(world.allowed(ugo, "crm.interfaces.customers", VIEW)).isTrue();
        assertThat(world.allowed(ugo, "crm.interfaces.customers", ADMIN)).isFalse();
    }

    @Test
    void what_an_object_states_counts_instead_of_the_defaults_and_covers_viewing() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        Principal boss = world.user("boss", Type.BASIC, "crm_users", "crm_admins");
        Principal hr = world.user("hr", Type.BASIC, "crm_users", "crm_hr");

        assertThat(world.allowed(ana, "crm.rules.refund", USE)).isFalse();
        assertThat(world.allowed(boss, "crm.rules.refund", USE)).isTrue();
        assertThat(world.allowed(hr, "crm.records.employee", VIEW)).isTrue();
        assertThat(world.allowed(hr, "crm.records.employee", CREATE)).isFalse();
    }

    @Test
    void records_have_no_defaults() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "crm_ui");

        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isFalse();
    }

    @Test
    void a_revoked_grant_a_lost_membership_and_a_sleeping_group_are_felt_by_the_next_decision() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "sales");
        world.grant("sales", "crm.records.customer", VIEW);
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isTrue();

        world.revoke("sales", "crm.records.customer", VIEW);
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isFalse();

        world.grant("sales", "crm.records.customer", VIEW);
        world.database.write(sql -> world.groups.activate(sql, "sales", false));
        world.directory.refresh();
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isFalse();

        world.database.write(sql -> world.groups.activate(sql, "sales", true));
        world.directory.refresh();
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isTrue();
        world.database.write(sql -> {
            world.groups.removeMember(sql, "sales", "ana");
            return sql;
        });
        world.directory.refresh();
        assertThat(world.allowed(ana, "crm.records.customer", VIEW)).isFalse();
    }

    @Test
    void the_groups_a_principal_claims_to_have_do_not_matter() {
        world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.customer", VIEW);
        Principal forged = new Principal.User("nobody", Type.SYSTEM_ADMIN, Set.of("crm_users"));

        assertThat(world.decide(forged, "crm.records.customer", VIEW))
                .isEqualTo(new Deny("there is no active account of nobody", true));
    }

    @Test
    void an_agent_may_what_its_account_may_until_it_is_stopped() {
        world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.customer", VIEW);
        world.database.write(sql -> world.agents.create(
                sql, new Agents.Plan("helper", "", "ana", false, List.of(), Optional.empty()), "test"));
        world.directory.refresh();
        Principal helper = world.directory.find("agent:helper").orElseThrow();

        assertThat(world.allowed(helper, "crm.records.customer", VIEW)).isTrue();
        assertThat(world.allowed(helper, "crm.records.customer", UPDATE)).isFalse();

        world.database.write(sql -> world.agents.activate(sql, "helper", false));
        world.directory.refresh();

        assertThat(world.allowed(helper, "crm.records.customer", VIEW)).isFalse();
    }

    @Test
    void system_admins_and_the_platform_may_everything() {
        Principal root = world.user("root", Type.SYSTEM_ADMIN);

        assertThat(world.decide(root, "billing.records.invoice", DELETE))
                .isEqualTo(new Allow("root is a system_admin"));
        assertThat(world.allowed(new Principal.Platform("demo"), "billing.records.invoice", DELETE)).isTrue();
    }

    @Test
    void the_platform_is_open_to_view_and_needs_admin_for_the_rest_without_hiding() {
        Principal ana = world.user("ana", Type.BASIC);
        Principal clerk = world.user("clerk", Type.BASIC, "clerks");
        world.grant("clerks", "platform.rules.create_user", ADMIN);
        PlatformDefinition create =
                new PlatformDefinition(Ref.of("platform.rules.create_user"), "", List.of(), ADMIN, true);

        assertThat(decide(ana, create, VIEW)).isInstanceOf(Allow.class);
        assertThat(decide(ana, create, ADMIN))
                .isEqualTo(new Deny("no group of ana may admin platform.rules.create_user", false));
        assertThat(decide(clerk, create, ADMIN)).isInstanceOf(Allow.class);
    }

    private Decision decide(Principal principal, PlatformDefinition definition, Permission permission) {
        return world.guard.decide(principal, Apps.snapshot(), definition, permission);
    }

    @Test
    void an_explanation_tells_every_question_and_the_one_that_decided() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.*", VIEW);

        Explanation yes = world.guard.explain(ana, Apps.snapshot(), Apps.definition("crm.records.customer"), VIEW);
        Explanation no = world.guard.explain(ana, Apps.snapshot(), Apps.definition("crm.records.customer"), DELETE);

        assertThat(yes.allowed()).isTrue();
        assertThat(yes.chain()).containsExactly(
                "persons only: does not decide",
                "account: does not decide",
                "platform: does not decide",
                "app: does not decide",
                "declaration: does not decide",
                "grants: group crm_users may view crm.records.customer (grant view on crm.records.*)");
        assertThat(no.allowed()).isFalse();
        assertThat(no.rule()).isEqualTo("no group of ana may delete crm.records.customer");
        assertThat(yes.needed()).isEmpty();
        assertThat(no.needed()).containsExactly("a grant of delete on crm.records.customer to a group of ana");
    }

    @Test
    void a_denial_says_what_would_be_needed_for_agents_too() {
        Principal ana = world.user("ana", Type.BASIC, "sales");
        world.user("hans", Type.BASIC, "crm_users", "keepers");
        world.grant("keepers", "crm.customer*", DELETE);
        world.database.write(sql -> world.agents.create(
                sql, new Agents.Plan("helper", "", "hans", false, List.of(), Optional.empty()), "test"));
        world.directory.refresh();
        Principal helper = world.directory.find("agent:helper").orElseThrow();
        Definition customer = Apps.definition("crm.records.customer");

        assertThat(world.guard.explain(ana, Apps.snapshot(), customer, DELETE).needed()).containsExactly(
                "membership of one of the groups crm_users, which open app crm",
                "a group of ana linked to app crm");
        world.join("ana", "crm_users");
        assertThat(world.guard.explain(ana, Apps.snapshot(), customer, DELETE).needed()).containsExactly(
                "membership of one of the groups keepers",
                "a grant of delete on crm.records.customer to a group of ana");
        Explanation agents = world.guard.explain(helper, Apps.snapshot(), customer, UPDATE);
        assertThat(agents.chain().get(1)).startsWith("agent:helper is decided as hans");
        assertThat(agents.needed()).containsExactly("a grant of update on crm.records.customer to a group of hans");
        PlatformDefinition rule =
                new PlatformDefinition(Ref.of("platform.rules.create_user"), "", List.of(), ADMIN, true);
        assertThat(world.guard.explain(helper, Apps.snapshot(), rule, ADMIN).needed())
                .containsExactly("a person who does it");
    }

    @Test
    void everyone_in_the_app_is_everyone_with_an_account() {
        world.user(Groups.PUBLIC_ACCOUNT, Type.SERVICE_ACCOUNT, Groups.PUBLIC);
        world.open(Groups.PUBLIC, "crm");
        Principal stranger = world.directory.find(Groups.PUBLIC_ACCOUNT).orElseThrow();
        PlatformDefinition current =
                new PlatformDefinition(Ref.of("platform.rules.get_current_user"), "", List.of(), VIEW, false);

        assertThat(world.allowed(stranger, "crm.rules.customer_ltv", USE)).isFalse();
        assertThat(decide(stranger, current, VIEW)).isInstanceOf(Deny.class);
        world.grant(Groups.PUBLIC, "crm.rules.customer_ltv", USE);
        assertThat(world.allowed(stranger, "crm.rules.customer_ltv", USE)).isTrue();
    }

    @Test
    void the_groups_and_roles_of_every_platform_are_made_once_and_left_as_they_are_changed() {
        new Predefined(world.ids, world.clock).ensure(world.database);
        world.revoke("aos_operator", "aos.*", USE);
        new Predefined(world.ids, world.clock).ensure(world.database);

        assertThat(world.database.read(sql -> world.grants.list(
                        sql, Optional.of("aos_admin"), Optional.of("aos.*"), 10)).getFirst().permissions())
                .containsExactly("admin", "create", "delete", "update", "use", "view");
        assertThat(world.database.read(sql -> world.grants.list(
                        sql, Optional.of("aos_operator"), Optional.of("aos.*"), 10)).getFirst().permissions())
                .containsExactly("view");
        assertThat(world.database.read(sql -> world.groups.get(sql, Groups.PUBLIC)).members())
                .containsExactly(Groups.PUBLIC_ACCOUNT);
        Principal viewer = world.user("viewer", Type.BASIC, "aos_viewer");
        PlatformDefinition agents =
                new PlatformDefinition(Ref.of("platform.rules.list_agents"), "", List.of(), ADMIN, false);
        PlatformDefinition stop =
                new PlatformDefinition(Ref.of("platform.rules.stop_agent"), "", List.of(), ADMIN, true);
        assertThat(decide(viewer, agents, ADMIN)).isInstanceOf(Allow.class);
        assertThat(decide(viewer, stop, ADMIN)).isInstanceOf(Deny.class);
        assertThat(decide(world.user("boss", Type.BASIC, "aos_admin"), stop, ADMIN)).isInstanceOf(Allow.class);
    }

    @Test
    void nobody_is_let_in_while_a_change_cannot_be_read() {
        Principal root = world.user("root", Type.SYSTEM_ADMIN);
        world.database.write(sql -> sql.execute("alter table appos.security_version rename to away"));
        assertThatThrownBy(world.directory::refresh).isInstanceOf(RuntimeException.class);

        assertThatThrownBy(() -> world.allowed(root, "crm.records.customer", VIEW))
                .isInstanceOf(RuntimeException.class);
        world.database.write(sql -> sql.execute("alter table appos.away rename to security_version"));
        assertThat(world.allowed(root, "crm.records.customer", VIEW)).isTrue();
    }

    @Test
    void one_passes_on_only_what_a_grant_of_ones_own_is_as_wide_as() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.grant("crm_users", "crm.records.*", UPDATE);

        assertThat(holds(ana, "crm.records.customer", UPDATE)).isTrue();
        assertThat(holds(ana, "crm.records.cust*", VIEW)).isTrue();
        assertThat(holds(ana, "crm.records.*", DELETE)).isFalse();
        assertThat(holds(ana, "crm.*", UPDATE)).isFalse();
        assertThat(holds(ana, "crm.rules.customer_ltv", USE)).isTrue();
        assertThat(holds(ana, "*", VIEW)).isFalse();
    }

    private boolean holds(Principal principal, String pattern, Permission permission) {
        return world.guard.holds(principal, Apps.snapshot(), GrantPattern.of(pattern), permission);
    }

    @Test
    void a_warm_decision_takes_less_than_a_few_microseconds() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "a", "b", "c");
        for (int i = 0; i < 200; i++) {
            world.grant("a", "billing.records.r" + i, VIEW);
        }
        world.grant("c", "crm.*", UPDATE);
        Snapshot snapshot = Apps.snapshot();
        Definition customer = Apps.definition("crm.records.customer");
        int rounds = 200_000;
        long best = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 5; repeat++) {
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                world.guard.decide(ana, snapshot, customer, UPDATE);
            }
            best = Math.min(best, (System.nanoTime() - start) / rounds);
        }

        System.getLogger("bench").log(System.Logger.Level.INFO, "decision: " + best + " ns");
        assertThat(best).isLessThan(5_000);
    }
}
