package dev.appos.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.appos.base.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Second factors: codes of six digits that change every half minute (TOTP, RFC 6238), and recovery codes for the day
/// the device is lost. A code is taken once; a recovery code is taken once and is then gone.
public final class SecondFactors {

    private static final String ISSUER = "AppOS";
    private static final String PURPOSE = "recovery code";
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    /// The clock of a phone may be half a minute off, either way.
    private static final int STEPS_AROUND = 1;

    /// What an authenticator app needs, shown once.
    ///
    /// @param secret     in base 32, for typing
    /// @param otpauthUri the same for a QR code
    public record Enrolment(String secret, String otpauthUri) {}

    /// Whether one is on, and how many recovery codes are left.
    public record State(boolean enabled, int recoveryCodesLeft) {}

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final SecureRandom random = new SecureRandom();
    private final ServerSecret server;
    private final Clock clock;

    SecondFactors(ServerSecret server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /// Begins: makes a secret that counts once a code of it was confirmed. Beginning again makes another.
    ///
    /// @throws Refusal if one is on already
    public Enrolment enrol(DSLContext sql, UUID user, String username) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        int begun = sql.execute(
                """
                insert into appos.second_factors as f (user_id, sealed, created_at)
                values (?, ?, cast(? as timestamptz))
                on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at
                    where f.confirmed_at is null
                """,
                user,
                server.seal(place(user), secret),
                clock.instant());
        if (begun == 0) {
            throw Refusal.conflict("The second factor is on already.", "End it first, then enrol another device.");
        }
        String text = Base32.encode(secret);
        String label = URLEncoder.encode(ISSUER + ":" + username, StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(text, "otpauth://totp/" + label + "?secret=" + text + "&issuer=" + ISSUER
                + "&algorithm=SHA1&digits=6&period=30");
    }

    /// Switches it on, and answers the recovery codes, the only time they are seen.
    ///
    /// @throws Refusal if nothing was begun, or the code is wrong
    public List<String> confirm(DSLContext sql, UUID user, String code) {
        Record row = sql.fetchOptional(
                        "select sealed from appos.second_factors where user_id = ? and confirmed_at is null for update",
                        user)
                .orElseThrow(() -> Refusal.conflict("There is no enrolment to confirm.", "Begin one first."));
        long step = step(user, row, code).orElseThrow(() -> Refusal.invalid(
                "The code", "/code", "wrong", "is not the one the device shows now"));
        sql.execute(
                """
                update appos.second_factors set confirmed_at = cast(? as timestamptz), last_step = ?
                where user_id = ?
                """,
                clock.instant(),
                step,
                user);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            byte[] bytes = new byte[RECOVERY_BYTES];
            random.nextBytes(bytes);
            String text = Base32.encode(bytes).toLowerCase(Locale.ROOT);
            codes.add(text.substring(0, text.length() / 2) + "-" + text.substring(text.length() / 2));
            sql.execute("insert into appos.recovery_codes (user_id, proof) values (?, ?)", user, proof(user, text));
        }
        return codes;
    }

    /// Whether a login of this user needs a code, and how many recovery codes it has.
    public State state(DSLContext sql, UUID user) {
        return sql.fetchOptional(
                        """
                        select (select count(*) from appos.recovery_codes r where r.user_id = f.user_id) as codes
                        from appos.second_factors f where user_id = ? and confirmed_at is not null
                        """,
                        user)
                .map(row -> new State(true, row.get("codes", int.class)))
                .orElse(new State(false, 0));
    }

    /// Takes a code, if it is a good one that was not taken before.
    boolean takes(DSLContext sql, UUID user, String code) {
        Optional<Record> row = sql.fetchOptional(
                        "select sealed from appos.second_factors where user_id = ? and confirmed_at is not null", user)
                .map(Record.class::cast);
        Optional<Long> step = row.flatMap(found -> step(user, found, code));
        if (step.isPresent()) {
            return sql.execute(
                            "update appos.second_factors set last_step = ? where user_id = ? and last_step < ?",
                            step.get(),
                            user,
                            step.get())
                    == 1;
        }
        String text = code.strip().toLowerCase(Locale.ROOT).replace("-", "");
        return sql.execute("delete from appos.recovery_codes where user_id = ? and proof = ?", user, proof(user, text))
                == 1;
    }

    /// Switches it off.
    ///
    /// @return whether it was on
    public boolean end(DSLContext sql, UUID user) {
        return sql.execute("delete from appos.second_factors where user_id = ?", user) == 1;
    }

    /// The half minute a code belongs to, if it belongs to one about now.
    private Optional<Long> step(UUID user, Record row, String code) {
        SecretKeySpec key = new SecretKeySpec(server.open(place(user), row.get("sealed", String.class)), "RAW");
        Duration length = generator.getTimeStep();
        long now = clock.instant().getEpochSecond() / length.toSeconds();
        byte[] presented = code.replace(" ", "").getBytes(StandardCharsets.UTF_8);
        Optional<Long> found = Optional.empty();
        for (long step = now - STEPS_AROUND; step <= now + STEPS_AROUND; step++) {
            byte[] right = code(key, Instant.ofEpochSecond(step * length.toSeconds()));
            if (MessageDigest.isEqual(right, presented)) {
                found = Optional.of(step);
            }
        }
        return found;
    }

    private byte[] code(SecretKeySpec key, Instant at) {
        try {
            return generator.generateOneTimePasswordString(key, at, Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a secret of ours is always a key", e);
        }
    }

    private String proof(UUID user, String text) {
        return server.proof(PURPOSE, user + " " + text);
    }

    private static String place(UUID user) {
        return "second factor of " + user;
    }
}
