package dev.appos.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.FieldDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Source;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose rows and fields a call may see, and who may make others see them.
final class StandingTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private static Snapshot snapshot(List<String> filters, Access credit) {
        AppDefinition crm = new AppDefinition(
                "crm", "CRM", "", List.of("crm_users", "crm_managers"), Set.of(), Set.of(), Optional.empty());
        FieldDefinition field = FieldDefinition.of("credit", "credit", ValueType.DECIMAL).restricted(credit);
        return new Snapshot(
                Map.of("crm", crm),
                List.of(RecordDefinition
                        .of(Ref.of("crm.records.customer"), List.of(field), Access.UNSTATED, new Source("test", 1))
                        .withFilters(filters)),
                Map.of(), List.of(), Map.of());
    }

    @Test
    void a_standing_is_that_of_the_account_by_now() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        world.join("ana", "crm_managers");

        assertThat(world.guard.standing(ana).groups()).containsExactlyInAnyOrder("crm_users", "crm_managers");
        assertThat(world.guard.standing(ana).everything()).isFalse();
        assertThat(world.guard.standing(world.user("root", Type.SYSTEM_ADMIN)).everything()).isTrue();
        assertThat(world.guard.standing(new Principal.Platform("import")).everything()).isTrue();
        Principal ghost = new Principal.User("ghost", Type.SYSTEM_ADMIN, Set.of("crm_managers"));
        Standing nobody = world.guard.standing(ghost);
        assertThat(nobody.user()).isEqualTo("ghost");
        assertThat(nobody.groups()).isEmpty();
        assertThat(nobody.everything() || nobody.account().isSystemAdmin()).isFalse();
    }

    @Test
    void nobody_adds_to_a_group_that_sees_what_he_does_not() {
        Principal ana = world.user("ana", Type.BASIC, "crm_users");
        Principal mona = world.user("mona", Type.BASIC, "crm_users", "crm_managers");
        Access managers = new Access(Map.of(Permission.VIEW, Set.of("crm_managers")));

        Snapshot open = snapshot(List.of(), Access.UNSTATED);
        assertThat(world.guard.holdsAllOf(ana, open, "crm_managers")).isTrue();
        Snapshot restricted = snapshot(List.of(), managers);
        assertThat(world.guard.holdsAllOf(ana, restricted, "crm_managers")).isFalse();
        assertThat(world.guard.holdsAllOf(mona, restricted, "crm_managers")).isTrue();
        Snapshot filtered = snapshot(List.of("own"), Access.UNSTATED);
        assertThat(world.guard.holdsAllOf(ana, filtered, "crm_managers")).isFalse();
        assertThat(world.guard.holdsAllOf(ana, filtered, "crm_users")).isTrue();
    }
}
