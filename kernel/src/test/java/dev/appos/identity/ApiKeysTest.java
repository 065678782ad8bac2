package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

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
}
