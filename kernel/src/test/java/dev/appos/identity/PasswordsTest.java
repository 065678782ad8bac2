package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.BcryptFunction;
import com.password4j.Password;
import com.password4j.types.Bcrypt;
import dev.appos.base.Refusal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PasswordsTest {

    private final Passwords passwords = new Passwords(PasswordRules.DEFAULT);

    private List<String> codes(Passwords passwords, String password, String... names) {
        return refusal(() -> passwords.hash("/password", password, List.of(names))).faults().stream()
                .map(fault -> fault.path() + " " + fault.code())
                .toList();
    }

    @Test
    void a_password_has_eight_to_a_thousand_characters() {
        assertThat(codes(passwords, "seven77")).containsExactly("/password length");
        assertThat(codes(passwords, "x".repeat(1001))).containsExactly("/password length");
        assertThat(passwords.hash("/password", "x".repeat(1000), List.of())).startsWith("$argon2id$");
        assertThat(refusal(() -> passwords.hash("/password", "", List.of()))).hasMessageContaining("8 to 1000");
    }

    @Test
    void the_least_length_is_a_setting() {
        Passwords longer = new Passwords(new PasswordRules(14, 2, Duration.ofSeconds(5), 10));

        assertThat(codes(longer, "thirteen char")).containsExactly("/password length");
        assertThat(longer.hash("/password", "fourteen chars", List.of())).isNotEmpty();
    }

    @Test
    void a_password_is_not_the_name_nor_the_address_of_its_owner() {
        assertThat(codes(passwords, "Ana.Maria", "ana.maria")).containsExactly("/password name");
        assertThat(codes(passwords, "ana@example.org", "ana", "Ana@example.org")).containsExactly("/password name");
        assertThat(codes(passwords, "anamaria77", "x", "anamaria77@example.org")).containsExactly("/password name");
    }

    @Test
    void the_passwords_everybody_has_are_refused_however_they_are_typed() {
        for (String common : List.of("password1", "PASSWORD1", "iloveyou1", "12345678", "\uff11\uff12345678")) {
            assertThat(codes(passwords, common)).containsExactly("/password common");
        }
        assertThat(passwords.hash("/password", World.PASSWORD, List.of("ana"))).isNotEmpty();
    }

    @Test
    void a_hash_of_bcrypt_lets_in_and_is_replaced_at_the_next_login() {
        try (World world = new World()) {
            String old = Password.hash("an old password").with(BcryptFunction.getInstance(Bcrypt.B, 4)).getResult();
            world.login("ana", Type.BASIC);
            world.database.read(sql -> sql.execute("update appos.users set password_hash = ?", old));

            refusal(() -> world.identities.login("ana", "a wrong password", World.CLIENT));
            assertThat(hash(world)).isEqualTo(old);
            world.identities.login("ana", "an old password", World.CLIENT);
            String better = hash(world);
            world.identities.login("ana", "an old password", World.CLIENT);

            assertThat(better).startsWith("$argon2id$");
            assertThat(hash(world)).isEqualTo(better);
        }
    }

    private static String hash(World world) {
        return world.database.read(sql -> sql.fetchSingle("select password_hash from appos.users").into(String.class));
    }

    @Test
    void a_hash_made_with_other_parameters_is_outdated() {
        assertThat(Passwords.outdated(Passwords.encode("x"))).isFalse();
        assertThat(Passwords.outdated("$argon2id$v=19$m=1024,t=2,p=1$c2FsdA$aGFzaA")).isTrue();
        assertThat(passwords.matches("x", Optional.of(Passwords.encode("x")))).isTrue();
    }

    @Test
    void a_crowd_is_hashed_a_few_at_a_time_and_the_rest_is_sent_away() throws Exception {
        Passwords narrow = new Passwords(new PasswordRules(8, 2, Duration.ofSeconds(30), 10));
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<String>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                calls.add(threads.submit(() -> {
                    try {
                        return narrow.gated(() -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            await(open);
                            inside.decrementAndGet();
                            return "done";
                        });
                    } catch (Refusal refusal) {
                        return refusal.reason().name();
                    }
                }));
            }
            // Two are inside and about ten wait: everyone else has an answer before the two are let go.
            for (int looked = 0; calls.stream().filter(Future::isDone).count() < 480 && looked < 1_000_000; looked++) {
                Thread.onSpinWait();
            }
            open.countDown();
        }
        List<String> answers = new ArrayList<>();
        for (Future<String> call : calls) {
            answers.add(call.get());
        }

        assertThat(most).hasValue(2);
        assertThat(answers).containsOnly("done", "UNAVAILABLE");
        assertThat(answers.stream().filter("done"::equals).count()).isBetween(2L, 20L);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
