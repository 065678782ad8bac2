package dev.appos.operations;

import static dev.appos.object.Permission.ADMIN;
import static dev.appos.object.Permission.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.identity.Login;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperationsTest {

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

    private static Input get(long id) {
        return new Input.GetRecord(id, List.of());
    }

    @Test
    void from_nothing_to_a_user_who_logs_in_and_may_do_what_was_granted() {
        office.run(root, "create_group", "name", "sales", "apps", List.of("billing"));
        Map<String, Object> user = office.run(root, "create_user", "username", "Ana", "email", "ana@example.org",
                "password", World.PASSWORD, "user_type", "basic", "groups", List.of("sales"));
        office.run(root, "add_grant", "group", "sales", "object_ref", "billing.records.*", "permissions",
                List.of("view"));

        assertThat(user).contains(entry("username", "ana"), entry("groups", List.of("sales"))).containsKey("id");
        assertThat(user.toString()).doesNotContain("argon2");
        Login login = world.identities.login("ana", World.PASSWORD, World.CLIENT);
        assertThat(office.call(login.principal(), "billing.records.invoice", get(1))).isNotNull();
        assertThat(office.refused(() -> office.call(login.principal(), "billing.records.invoice", Office.delete(1)))
                .reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(office.refused(() -> office.call(login.principal(), "crm.records.customer", get(1))).reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void taking_a_grant_a_membership_or_an_account_away_is_felt_by_the_very_next_call() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users", "sales");
        Runnable look = () -> office.call(ana, "crm.records.customer", get(1));
        List<String> view = List.of("view");
        office.run(root, "add_grant", "group", "sales", "object_ref", "crm.records.customer", "permissions", view);
        look.run();

        office.run(root, "remove_grant", "group", "sales", "object_ref", "crm.records.customer", "permissions", view);
        office.refused(look);
        office.run(root, "add_grant", "group", "sales", "object_ref", "crm.records.customer", "permissions", view);
        look.run();
        office.run(root, "remove_user_from_group", "username", "ana", "group", "sales");
        office.refused(look);
        office.run(root, "add_user_to_group", "username", "ana", "group", "sales");
        look.run();
        office.run(root, "deactivate_user", "username", "ana");
        office.refused(look);
    }

    @Test
    void administration_is_closed_to_others_and_does_not_hide() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");

        for (String operation : List.of("list_users", "list_groups", "list_grants", "list_audit", "list_agents")) {
            assertThat(office.refused(() -> office.run(ana, operation)).reason()).isEqualTo(Reason.FORBIDDEN);
        }
        assertThat(office.run(ana, "get_current_user")).contains(entry("username", "ana"));
        assertThat(office.run(ana, "get_user", "username", "root")).containsOnlyKeys(
                "id", "username", "full_name", "is_active");
        assertThat(office.run(root, "get_user", "username", "ana")).containsKeys("email", "groups", "user_type");
    }

    @Test
    void nobody_grants_what_he_does_not_hold() {
        Principal clerk = world.user("clerk", Type.BASIC, "clerks", "crm_users");
        world.grant("clerks", "platform.*", ADMIN);
        world.grant("crm_users", "crm.records.*", UPDATE);
        world.user("friend", Type.BASIC, "friends");

        office.run(clerk, "add_grant", "group", "friends", "object_ref", "crm.records.customer",
                "permissions", List.of("view", "update"));
        assertThat(office.refused(() -> office.run(clerk, "add_grant", "group", "friends", "object_ref",
                "crm.records.customer", "permissions", List.of("delete")))).hasMessageContaining("does not hold it");
        assertThat(office.refused(() -> office.run(clerk, "add_grant", "group", "friends", "object_ref",
                "*", "permissions", List.of("view"))).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(office.refused(() -> office.run(clerk, "add_grant", "group", "friends", "object_ref",
                "billing.records.invoice", "permissions", List.of("view"))).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void an_administrator_of_users_makes_nobody_mightier_than_himself() {
        Principal clerk = world.user("clerk", Type.BASIC, "clerks");
        world.grant("clerks", "platform.*", ADMIN);
        world.join("root", "mighty");
        world.grant("mighty", "crm.*", ADMIN);

        for (Runnable escape : List.<Runnable>of(
                () -> office.run(clerk, "create_user", "username", "x", "user_type", "system_admin"),
                () -> office.run(clerk, "update_user", "username", "clerk", "user_type", "system_admin"),
                () -> office.run(clerk, "add_user_to_group", "username", "clerk", "group", "mighty"),
                () -> office.run(clerk, "create_user", "username", "x", "groups", List.of("mighty")),
                () -> office.run(clerk, "create_group", "name", "crm_admins", "members", List.of("clerk")),
                () -> office.run(clerk, "create_group", "name", "g", "apps", List.of("billing")),
                () -> office.run(clerk, "create_api_key", "name", "k", "username", "root"),
                () -> office.run(clerk, "reset_password", "username", "root", "password", "long enough"),
                () -> office.run(clerk, "deactivate_user", "username", "root"),
                () -> office.run(clerk, "create_agent", "name", "a1", "runs_as", "root"),
                () -> office.run(clerk, "create_agent", "name", "a1", "skills", List.of("crm.*")))) {
            assertThat(office.refused(escape).reason()).isEqualTo(Reason.FORBIDDEN);
        }
    }

    @Test
    void a_grant_must_mean_something() {
        world.join("root", "sales");
        assertThat(office.refused(() -> office.run(root, "add_grant", "group", "sales", "object_ref",
                "crm.rules.customer_ltv", "permissions", List.of("create")))).hasMessageContaining("records only");
        assertThat(office.refused(() -> office.run(root, "add_grant", "group", "sales", "object_ref",
                "crm.records.custmer", "permissions", List.of("view"))))
                .hasMessageContaining("Did you mean crm.records.customer?");
        assertThat(office.refused(() -> office.run(root, "add_grant", "group", "sales", "object_ref",
                "*.records", "permissions", List.of("view"))).faults()).extracting(Refusal.Fault::path)
                .containsExactly("/object_ref");
        assertThat(office.refused(() -> office.run(root, "add_grant", "group", "nobody", "object_ref",
                "crm.*", "permissions", List.of("view"))).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(office.refused(() -> office.run(root, "add_grant", "group", "sales", "object_ref",
                "crm.*", "permissions", List.of("veiw"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void the_last_administrator_cannot_be_taken_away() {
        assertThat(office.refused(() -> office.run(root, "deactivate_user", "username", "root")))
                .hasMessage("root is the last active system_admin.");
        assertThat(office.refused(() -> office.run(root, "update_user", "username", "root", "user_type", "basic"))
                .reason()).isEqualTo(Reason.CONFLICT);
        office.run(root, "create_user", "username", "second", "user_type", "system_admin");
        office.run(root, "deactivate_user", "username", "root");
        assertThat(office.refused(() -> office.run(root, "list_users")).reason()).isNotNull();
    }

    @Test
    void a_key_is_shown_once_and_dies_when_revoked() {
        Principal ana = world.user("ana", Type.BASIC);
        Map<String, Object> made = office.run(ana, "create_api_key", "name", "laptop");
        String key = (String) made.get("api_key");

        assertThat(world.identities.apiKey(key).principal().name()).isEqualTo("ana");
        assertThat(office.items(ana, "list_api_keys").toString()).contains("laptop").doesNotContain(key);
        Principal bob = world.user("bob", Type.BASIC);
        assertThat(office.refused(() -> office.run(bob, "revoke_api_key", "id", made.get("id").toString())).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(office.refused(() -> office.run(bob, "create_api_key", "name", "k", "username", "ana")).reason())
                .isEqualTo(Reason.FORBIDDEN);
        office.run(ana, "revoke_api_key", "id", made.get("id").toString());
        assertThat(office.refused(() -> world.identities.apiKey(key)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void a_key_is_revoked_under_the_name_of_its_owner_and_under_no_other() {
        Principal ana = world.user("ana", Type.BASIC);
        String key = office.run(ana, "create_api_key", "name", "laptop").get("id").toString();
        office.run(root, "create_agent", "name", "helper", "runs_as", "ana");
        Object agents = office.items(root, "list_api_keys", "username", "agent:helper").getFirst().get("id");

        for (String other : List.of("root", "agent:helper", "nobody")) {
            Refusal refusal = office.refused(
                    () -> office.run(root, "revoke_api_key", "username", other, "id", key));
            assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND);
            assertThat(refusal).hasMessage("There is no API key " + key + ".");
        }
        assertThat(office.refused(() -> office.run(root, "revoke_api_key", "id", key)).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(office.refused(() -> office.run(
                root, "revoke_api_key", "username", "ana", "id", agents.toString())).reason())
                .isEqualTo(Reason.NOT_FOUND);
        office.run(root, "revoke_api_key", "username", " ANA", "id", key);
        office.run(root, "revoke_api_key", "username", "agent:helper", "id", agents.toString());
        assertThat(office.items(ana, "list_api_keys")).allSatisfy(
                each -> assertThat(each.get("revoked_at")).isNotNull());
        assertThat(office.run(root, "create_api_key", "username", "agent:helper", "name", "second").get("api_key"))
                .satisfies(made -> assertThat(world.identities.apiKey((String) made).principal().name())
                        .isEqualTo("agent:helper"));
    }

    @Test
    void an_administrator_resets_a_password() {
        world.login("ana", Type.BASIC);

        office.run(root, "reset_password", "username", "ana", "password", "another horse");

        world.identities.login("ana", "another horse", World.CLIENT);
    }

    @Test
    void a_repeated_call_gets_the_same_answer_without_the_key_which_is_kept_nowhere() {
        Map<String, Object> name = Map.of("name", "laptop");
        Map<String, Object> made = office.keyed(root, "create_api_key", "k1", name);

        Map<String, Object> again = office.keyed(root, "create_api_key", "k1", name);

        assertThat(again).contains(entry("id", made.get("id")), entry("name", "laptop"), entry("api_key", null));
        assertThat(office.items(root, "list_api_keys", "username", "root")).hasSize(1);
        String kept = world.database.read(sql -> sql.fetch("select answer from appos.answer").formatJSON());
        assertThat(kept).contains("laptop").doesNotContain((String) made.get("api_key"));
    }

    @Test
    void passwords_are_changed_with_the_old_one_and_sessions_end() {
        world.login("ana", Type.BASIC);
        Login login = world.identities.login("ana", World.PASSWORD, World.CLIENT);

        assertThat(office.refused(() -> office.run(login.principal(), "change_password",
                "old_password", "wrong", "new_password", "another horse")).faults())
                .extracting(Refusal.Fault::path).containsExactly("/old_password");
        office.run(login.principal(), "change_password",
                "old_password", World.PASSWORD, "new_password", "another horse");

        office.refused(() -> world.identities.session(login.token()));
        world.identities.login("ana", "another horse", World.CLIENT);
    }

    @Test
    void sessions_are_seen_and_ended_by_their_owner_and_by_administrators() {
        world.login("ana", Type.BASIC);
        Login login = world.identities.login("ana", World.PASSWORD, World.CLIENT);
        world.identities.session(login.token());
        Principal bob = world.user("bob", Type.BASIC);
        String id = office.items(login.principal(), "list_sessions").getFirst().get("id").toString();

        assertThat(office.items(bob, "list_sessions")).isEmpty();
        assertThat(office.refused(() -> office.run(bob, "end_session", "id", id)).reason())
                .isEqualTo(Reason.NOT_FOUND);
        office.run(root, "end_session", "id", id);

        office.refused(() -> world.identities.session(login.token()));
    }

    @Test
    void access_is_explained() {
        world.user("ana", Type.BASIC, "crm_users");

        Map<String, Object> answer = office.run(
                root, "explain_access", "user", "ana", "ref", "crm.records.customer", "permission", "view");

        assertThat(answer).contains(
                entry("allowed", false), entry("rule", "no group of ana may view crm.records.customer"));
        assertThat((List<?>) answer.get("chain")).hasSize(7);
        office.run(root, "deactivate_user", "username", "ana");
        assertThat(office.run(
                root, "explain_access", "user", "ana", "ref", "crm.records.customer", "permission", "view"))
                .contains(entry("rule", "there is no active account of ana"));
    }

    @Test
    void refusals_stand_in_the_audit_newest_first_page_by_page() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        for (int i = 0; i < 3; i++) {
            world.clock.forward(Duration.ofSeconds(1));
            office.refused(() -> office.call(ana, "crm.records.customer", Office.delete(1)));
        }

        Map<String, Object> first = office.run(root, "list_audit", "user", "ana", "limit", 2);
        List<Map<String, Object>> rest =
                office.items(root, "list_audit", "user", "ana", "cursor", first.get("next"), "limit", 2);

        assertThat((List<?>) first.get("items")).hasSize(2);
        assertThat(rest).singleElement().satisfies(line -> assertThat(line).contains(
                entry("principal", "ana"), entry("verdict", "deny"), entry("object_ref", "crm.records.customer")));
    }

    @Test
    void unknown_inputs_and_wrong_types_are_refused_by_name() {
        assertThat(office.refused(() -> office.run(root, "create_user", "username", 5, "emial", "x")).faults())
                .extracting(Refusal.Fault::path).containsExactlyInAnyOrder("/username", "/emial");
        assertThat(office.refused(() -> office.run(root, "revoke_api_key", "id", "x")).reason())
                .isEqualTo(Reason.INVALID);
        assertThat(office.refused(() -> office.run(root, "revoke_api_key", "id", new UUID(1, 2).toString())).reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(office.refused(() -> office.run(root, "list_users", "limit", 0)).reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void lists_come_in_pages() {
        for (String name : List.of("a", "b", "c")) {
            world.user(name, Type.BASIC);
        }

        Map<String, Object> first = office.run(root, "list_users", "limit", 2);
        assertThat(first.get("next")).isEqualTo("b");
        assertThat(office.items(root, "list_users", "limit", 2, "cursor", "b")).extracting(u -> u.get("username"))
                .containsExactly("c", "root");
        assertThat(office.items(root, "list_users", "q", "OO")).extracting(u -> u.get("username"))
                .containsExactly("root");
    }
}
