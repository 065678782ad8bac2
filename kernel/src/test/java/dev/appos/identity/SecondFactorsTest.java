package dev.appos.identity;

import static dev.appos.secure.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SecondFactorsTest {

    private final World world = new World();
    private final SecondFactors factors = world.accounts.secondFactors();
    private UUID ana;

    @BeforeEach
    void makeAna() {
        world.login("ana", Type.BASIC);
        ana = world.directory.id("ana").orElseThrow();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private SecondFactors.Enrolment enrol() {
        return world.database.write(sql -> factors.enrol(sql, ana, "ana"));
    }

    private List<String> confirm(String code) {
        return world.database.write(sql -> factors.confirm(sql, ana, code));
    }

    private Login login(String password, String code) {
        return world.identities.login("ana", password, Optional.of(code), World.CLIENT);
    }

    /// What an authenticator app shows, worked out from the text it was given and by nothing of ours.
    private static String code(String secret, Instant at) {
        BigInteger bits = BigInteger.ZERO;
        for (char digit : secret.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit);
            bits = bits.shiftLeft(5).add(BigInteger.valueOf(value));
        }
        byte[] bytes = new byte[secret.length() * 5 / 8];
        for (int i = bytes.length - 1; i >= 0; i--, bits = bits.shiftRight(8)) {
            bytes[i] = bits.byteValue();
        }
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(new SecretKeySpec(bytes, "RAW"), at);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private String now(SecondFactors.Enrolment enrolment) {
        return code(enrolment.secret(), world.clock.instant());
    }

    @Test
    void the_code_is_that_of_the_standard() {
        String secret = Base32.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

        assertThat(secret).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(code(secret, Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(code(secret, Instant.ofEpochSecond(1_111_111_109))).isEqualTo("081804");
    }

    @Test
    void it_counts_once_a_code_was_confirmed() {
        SecondFactors.Enrolment enrolment = enrol();
        assertThat(enrolment.otpauthUri()).isEqualTo("otpauth://totp/AppOS%3Aana?secret=" + enrolment.secret()
                + "&issuer=AppOS&algorithm=SHA1&digits=6&period=30");
        world.identities.login("ana", World.PASSWORD, World.CLIENT);

        assertThat(refusal(() -> confirm("12345")).faults()).extracting(Refusal.Fault::path).containsExactly("/code");
        assertThat(confirm(now(enrolment))).hasSize(10).doesNotHaveDuplicates().allMatch(each -> each.length() == 17);

        refusal(() -> world.identities.login("ana", World.PASSWORD, World.CLIENT));
        assertThat(refusal(this::enrol).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal(() -> confirm(now(enrolment))).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void only_the_right_password_is_told_that_a_code_is_missing() {
        confirm(now(enrol()));

        Refusal right = refusal(() -> world.identities.login("ana", World.PASSWORD, World.CLIENT));
        Refusal wrong = refusal(() -> world.identities.login("ana", "wrong", World.CLIENT));
        Refusal unknown = refusal(() -> world.identities.login("nobody", World.PASSWORD, World.CLIENT));

        assertThat(right.faults()).extracting(Refusal.Fault::code).containsExactly("second_factor_required");
        assertThat(wrong.faults()).isEmpty();
        assertThat(wrong).hasMessage(unknown.getMessage());
        assertThat(refusal(() -> login("wrong", "000000"))).hasMessage(wrong.getMessage());
    }

    @Test
    void a_code_lets_in_once_and_so_does_none_before_it() {
        SecondFactors.Enrolment enrolment = enrol();
        confirm(now(enrolment));
        assertThat(refusal(() -> login(World.PASSWORD, now(enrolment))).reason()).isEqualTo(Reason.UNAUTHENTICATED);

        world.clock.forward(Duration.ofSeconds(60));
        String before = code(enrolment.secret(), world.clock.instant().minusSeconds(30));
        String next = code(enrolment.secret(), world.clock.instant().plusSeconds(30));
        assertThat(login(World.PASSWORD, now(enrolment)).principal().name()).isEqualTo("ana");

        refusal(() -> login(World.PASSWORD, now(enrolment)));
        refusal(() -> login(World.PASSWORD, before));
        assertThat(login(World.PASSWORD, next.substring(0, 3) + " " + next.substring(3)).principal().name())
                .isEqualTo("ana");
    }

    @Test
    void of_many_who_send_the_same_code_at_once_one_comes_in() throws Exception {
        SecondFactors.Enrolment enrolment = enrol();
        confirm(now(enrolment));
        world.clock.forward(Duration.ofSeconds(60));
        String code = now(enrolment);
        List<Future<Boolean>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                Client client = new Client("203.0.113." + i, "");
                calls.add(threads.submit(() -> {
                    try {
                        world.identities.login("ana", World.PASSWORD, Optional.of(code), client);
                        return true;
                    } catch (Refusal _) {
                        return false;
                    }
                }));
            }
        }
        int in = 0;
        for (Future<Boolean> call : calls) {
            in += call.get() ? 1 : 0;
        }

        assertThat(in).isEqualTo(1);
    }

    @Test
    void a_recovery_code_lets_in_once_however_it_is_typed() {
        List<String> codes = confirm(now(enrol()));

        login(World.PASSWORD, " " + codes.getFirst().toUpperCase(Locale.ROOT).replace("-", ""));
        refusal(() -> login(World.PASSWORD, codes.getFirst()));
        login(World.PASSWORD, codes.get(1));

        assertThat(world.database.<SecondFactors.State>read(sql -> factors.state(sql, ana)))
                .isEqualTo(new SecondFactors.State(true, 8));
    }

    @Test
    void wrong_codes_lock_the_address_out_like_wrong_passwords() {
        SecondFactors.Enrolment enrolment = enrol();
        confirm(now(enrolment));
        world.clock.forward(Duration.ofSeconds(60));
        for (int i = 0; i < 5; i++) {
            // Asking which code is wanted in between does not begin the count anew.
            refusal(() -> world.identities.login("ana", World.PASSWORD, World.CLIENT));
            assertThat(refusal(() -> login(World.PASSWORD, "xxxxxx")).reason()).isEqualTo(Reason.UNAUTHENTICATED);
        }

        assertThat(refusal(() -> login(World.PASSWORD, now(enrolment))).reason()).isEqualTo(Reason.OVER_BUDGET);
        assertThat(world.database.<List<String>>read(sql ->
                        sql.fetch("select distinct reason from appos.login_audit").getValues("reason", String.class)))
                .containsExactlyInAnyOrder("second_factor_required", "invalid_code", "max_attempts");
    }

    @Test
    void whoever_is_in_already_cannot_guess_the_password_either() {
        for (int i = 0; i < 5; i++) {
            world.identities.recheck("ana", "wrong", World.CLIENT);
        }

        assertThat(refusal(() -> {
            world.identities.recheck("ana", World.PASSWORD, World.CLIENT);
            return ana;
        }).reason()).isEqualTo(Reason.OVER_BUDGET);
    }

    @Test
    void the_table_holds_neither_the_secret_nor_a_recovery_code() {
        SecondFactors.Enrolment enrolment = enrol();
        List<String> codes = confirm(now(enrolment));

        String tables = world.database.read(sql -> sql.fetch("select * from appos.second_factors").formatJSON()
                + sql.fetch("select * from appos.recovery_codes").formatJSON());

        assertThat(tables).doesNotContain(enrolment.secret()).contains(ana.toString());
        codes.forEach(code -> assertThat(tables).doesNotContain(code).doesNotContain(code.replace("-", "")));
    }

    @Test
    void the_secret_of_one_account_is_of_no_use_in_the_row_of_another() {
        confirm(now(enrol()));
        world.login("eve", Type.BASIC);
        world.database.read(sql -> sql.execute(
                """
                insert into appos.second_factors (user_id, sealed, created_at, confirmed_at)
                select u.id, f.sealed, f.created_at, f.confirmed_at
                from appos.second_factors f, appos.users u where u.username = 'eve'
                """));

        assertThatThrownBy(() ->
                world.identities.login("eve", World.PASSWORD, Optional.of("123456"), World.CLIENT))
                .isNotInstanceOf(Refusal.class);
    }

    @Test
    void once_ended_the_password_is_enough_again() {
        confirm(now(enrol()));
        assertThat(world.database.<Boolean>write(sql -> factors.end(sql, ana))).isTrue();

        assertThat(world.identities.login("ana", World.PASSWORD, World.CLIENT).principal().name()).isEqualTo("ana");
        assertThat(world.database.<Boolean>write(sql -> factors.end(sql, ana))).isFalse();
    }
}
