package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Login ana() {
        return world.identities.login("ana", World.PASSWORD, World.CLIENT);
    }

    @Test
    void a_deactivated_user_is_out_with_sessions_keys_and_tokens_and_keys_stay_dead_after_reactivation() {
        world.login("ana", Type.BASIC);
        Login login = ana();
        String key = key("ana", Optional.empty());
        Login token = world.identities.token(key, World.CLIENT);
        world.identities.session(login.token());
        world.identities.bearer(token.token());

        world.database.write(sql -> world.users.deactivate(sql, world.sessions, "ana"));
        world.directory.refresh();

        refusal(() -> world.identities.session(login.token()));
        refusal(() -> world.identities.bearer(token.token()));
        refusal(() -> world.identities.apiKey(key));
        refusal(() -> world.identities.principal("ana"));
        world.database.write(sql -> world.users.reactivate(sql, "ana"));
        world.directory.refresh();
        refusal(() -> world.identities.session(login.token()));
        refusal(() -> world.identities.apiKey(key));
        assertThat(ana().principal().name()).isEqualTo("ana");
    }

    private String key(String owner, Optional<Instant> expires) {
        return world.database.write(sql -> {
            ApiKeys.Owner user = new ApiKeys.Owner(world.users.get(sql, owner).id(), false);
            return world.keys.create(sql, user, "test", expires, "test").apiKey();
        });
    }

    @Test
    void an_api_key_lets_its_owner_in_until_it_is_revoked_or_expires() {
        world.user("robot", Type.SERVICE_ACCOUNT, "robots");
        String key = key("robot", Optional.empty());
        String brief = key("robot", Optional.of(world.clock.instant().plusSeconds(60)));

        assertThat(world.identities.apiKey(key).principal().name()).isEqualTo("robot");
        assertThat(world.identities.apiKey(brief).principal().name()).isEqualTo("robot");

        world.clock.forward(Duration.ofSeconds(60));
        refusal(() -> world.identities.apiKey(brief));
        UUID id = world.identities.apiKey(key).credential();
        world.database.write(sql -> {
            world.keys.revoke(sql, id);
            return id;
        });
        world.directory.refresh();
        refusal(() -> world.identities.apiKey(key));
    }

    @Test
    void a_key_with_another_secret_or_form_is_nobodys() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String key = key("robot", Optional.empty());
        String forged = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");

        assertThat(refusal(() -> world.identities.apiKey(forged)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
        refusal(() -> world.identities.apiKey(""));
        refusal(() -> world.identities.apiKey("appos_%_x"));
        refusal(() -> world.identities.apiKey("' or 1=1 --"));
    }

    @Test
    void a_token_of_a_key_dies_with_the_key_and_is_no_cookie() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String key = key("robot", Optional.empty());
        Login token = world.identities.token(key, World.CLIENT);

        assertThat(world.identities.bearer(token.token()).principal().name()).isEqualTo("robot");
        refusal(() -> world.identities.session(token.token()));

        UUID id = world.identities.apiKey(key).credential();
        world.database.write(sql -> {
            world.keys.revoke(sql, id);
            return id;
        });
        world.directory.refresh();
        refusal(() -> world.identities.bearer(token.token()));
    }

    @Test
    void a_rotated_key_has_another_secret_and_the_former_one_stays_as_long_as_was_said() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String former = key("robot", Optional.empty());
        UUID id = world.identities.apiKey(former).credential();
        Instant until = world.clock.instant().plusSeconds(600);

        String next = rotate(id, Optional.of(until)).apiKey();

        assertThat(next).isNotEqualTo(former).startsWith(former.substring(0, 18));
        assertThat(world.identities.apiKey(former).credential()).isEqualTo(id);
        assertThat(world.identities.apiKey(next).credential()).isEqualTo(id);
        world.clock.forward(Duration.ofSeconds(600));
        refusal(() -> world.identities.apiKey(former));
        assertThat(world.identities.apiKey(next).principal().name()).isEqualTo("robot");
    }

    @Test
    void a_key_rotated_without_an_overlap_dies_with_the_tokens_of_its_former_secret() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        String former = key("robot", Optional.empty());
        Login token = world.identities.token(former, World.CLIENT);
        UUID id = world.identities.apiKey(former).credential();

        String next = rotate(id, Optional.empty()).apiKey();

        refusal(() -> world.identities.apiKey(former));
        refusal(() -> world.identities.bearer(token.token()));
        world.identities.apiKey(next);
    }

    @Test
    void a_former_secret_is_never_good_for_longer_than_a_week_nor_than_the_key_nor_after_revoking() {
        world.user("robot", Type.SERVICE_ACCOUNT);
        Instant now = world.clock.instant();
        String former = key("robot", Optional.of(now.plusSeconds(60)));
        UUID id = world.identities.apiKey(former).credential();
        assertThat(refusal(() -> rotate(id, Optional.of(now.plus(Duration.ofDays(8))))).faults())
                .extracting(Refusal.Fault::path).containsExactly("/former_until");
        refusal(() -> rotate(id, Optional.of(now)));
        rotate(id, Optional.of(now.plusSeconds(600)));
        world.identities.apiKey(former);

        world.clock.forward(Duration.ofSeconds(60));

        refusal(() -> world.identities.apiKey(former));
        assertThat(refusal(() -> rotate(id, Optional.empty())).reason()).isEqualTo(Reason.NOT_FOUND);
        String other = key("robot", Optional.empty());
        UUID revoked = world.identities.apiKey(other).credential();
        rotate(revoked, Optional.of(world.clock.instant().plusSeconds(60)));
        world.database.write(sql -> {
            world.keys.revoke(sql, revoked);
            return revoked;
        });
        world.directory.refresh();
        refusal(() -> world.identities.apiKey(other));
    }

    private ApiKeys.Made rotate(UUID id, Optional<Instant> formerUntil) {
        ApiKeys.Made made = world.database.write(sql -> world.keys.rotate(sql, id, formerUntil));
        world.directory.refresh();
        return made;
    }
}
