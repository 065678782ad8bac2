package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Digest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ServerSecretTest {

    private final ServerSecret secret = new ServerSecret("one secret of thirty-two characters and more");
    private final ServerSecret other = new ServerSecret("another secret of thirty-two characters or so");

    @Test
    void a_short_secret_is_none() {
        assertThat(refusal(() -> new ServerSecret("x".repeat(31))).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void what_is_sealed_opens_in_its_place_only_and_unchanged_only() {
        byte[] plain = "seed".getBytes(StandardCharsets.UTF_8);
        String sealed = secret.seal("ana", plain);

        assertThat(secret.open("ana", sealed)).isEqualTo(plain);
        assertThat(secret.seal("ana", plain)).isNotEqualTo(sealed);
        assertThatThrownBy(() -> secret.open("bob", sealed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> other.open("ana", sealed)).isInstanceOf(IllegalArgumentException.class);
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int i = 0; i < bytes.length; i++) {
            byte[] bent = bytes.clone();
            bent[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bent);
            assertThatThrownBy(() -> secret.open("ana", text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> secret.open("ana", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_proof_is_of_one_text_one_purpose_and_one_secret() {
        String proof = secret.proof("api key", "text");

        assertThat(secret.proves("api key", "text", proof)).isTrue();
        assertThat(secret.proves("api key", "other", proof)).isFalse();
        assertThat(secret.proves("csrf", "text", proof)).isFalse();
        assertThat(other.proves("api key", "text", proof)).isFalse();
    }

    @Test
    void a_server_with_another_secret_does_not_start_on_the_same_database() {
        try (World world = new World()) {
            World.SECRET.agree(world.database, world.clock);
            Refusal refusal = refusal(() -> {
                secret.agree(world.database, world.clock);
                return secret;
            });

            assertThat(refusal.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refusal.remedy()).contains("APPOS_SECRET");
        }
    }

    @Test
    void keys_from_before_there_was_a_secret_go_on_and_nobody_puts_in_one_without_it() {
        try (World world = new World()) {
            world.user("robot", Type.SERVICE_ACCOUNT);
            UUID owner = world.directory.id("robot").orElseThrow();
            ApiKeys.Made made = world.database.write(sql -> world.keys.create(
                    sql, new ApiKeys.Owner(owner, false), "old", Optional.empty(), "test"));
            String plain = Digest.sha256(made.apiKey().substring(made.apiKey().length() - 64));
            // As a key was kept before, and as whoever can only write to the table would keep one.
            world.database.read(sql -> sql.execute("update appos.api_keys set secret_hash = ?", plain));
            assertThat(refusal(() -> world.identities.apiKey(made.apiKey())).reason())
                    .isEqualTo(Reason.UNAUTHENTICATED);

            world.database.read(sql -> sql.execute("delete from appos.server_secret"));
            World.SECRET.agree(world.database, world.clock);

            assertThat(world.identities.apiKey(made.apiKey()).principal().name()).isEqualTo("robot");
        }
    }
}
