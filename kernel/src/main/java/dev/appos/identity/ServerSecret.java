package dev.appos.identity;

import dev.appos.base.Refusal;
import dev.appos.store.Database;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;

/// The secret that the servers of one database share and the database does not hold. Whoever has only a copy of the
/// database can neither forge an API key nor read what is sealed.
///
/// Two keys are derived from it: one proves (HMAC-SHA256), one seals (AES-256-GCM). What is sealed names the place it
/// is for, so it cannot be moved to another row.
public final class ServerSecret {

    /// Shorter ones can be guessed.
    public static final int SHORTEST = 32;

    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey proving;
    private final SecretKey sealing;
    private final SecureRandom random = new SecureRandom();

    /// @throws Refusal if it is too short to be a secret
    public ServerSecret(String text) {
        if (text.length() < SHORTEST) {
            throw Refusal.malformed(
                    "The server's secret has fewer than " + SHORTEST + " characters.",
                    "Make one with: openssl rand -base64 48");
        }
        SecretKey master = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), MAC);
        this.proving = new SecretKeySpec(mac(master, "appos: prove"), MAC);
        this.sealing = new SecretKeySpec(mac(master, "appos: seal"), "AES");
    }

    /// A key of 32 bytes for one purpose, of which no other can be guessed.
    public byte[] key(String purpose) {
        return mac(proving, "key" + '\0' + purpose);
    }

    /// What is kept instead of a secret text: equal for equal texts and purposes, and of no use to anyone else.
    public String proof(String purpose, String text) {
        return HexFormat.of().formatHex(mac(proving, purpose + '\0' + text));
    }

    /// Whether this is the proof of the text, told in a time that does not depend on where they differ.
    boolean proves(String purpose, String text, String proof) {
        return MessageDigest.isEqual(
                proof(purpose, text).getBytes(StandardCharsets.US_ASCII), proof.getBytes(StandardCharsets.US_ASCII));
    }

    /// Seals bytes for one place.
    public String seal(String place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce, plain);
        byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// Opens what was sealed for this place.
    ///
    /// @throws IllegalArgumentException if it was sealed elsewhere, for another place, or changed
    public byte[] open(String place, String sealed) {
        byte[] all = Base64.getUrlDecoder().decode(sealed);
        if (all.length <= NONCE_BYTES) {
            throw new IllegalArgumentException("nothing is sealed in it");
        }
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, place, nonce, Arrays.copyOfRange(all, NONCE_BYTES, all.length));
    }

    /// Makes sure that every server of this database has the same secret. The first one leaves a fingerprint, and
    /// puts the API keys of a database from before under the secret.
    ///
    /// @throws Refusal if this one is another
    public void agree(Database database, Clock clock) {
        String fingerprint = proof("fingerprint", "");
        boolean same = database.write(sql -> {
            int first = sql.execute(
                    """
                    insert into appos.server_secret (fingerprint, since) values (?, cast(? as timestamptz))
                    on conflict (id) do nothing
                    """,
                    fingerprint,
                    clock.instant());
            if (first == 1) {
                takeOver(sql);
            }
            return fingerprint.equals(
                    sql.fetchSingle("select fingerprint from appos.server_secret").into(String.class));
        });
        if (!same) {
            throw Refusal.unavailable(
                    "The secret of this server is not the one of its database.",
                    "Give every server of a database the same APPOS_SECRET, or a copy of the first's .appos/secret.");
        }
    }

    private void takeOver(DSLContext sql) {
        sql.fetch("select id, secret_hash from appos.api_keys").forEach(row -> sql.execute(
                "update appos.api_keys set secret_hash = ? where id = ?",
                proof(ApiKeys.PURPOSE, row.get("secret_hash", String.class)),
                row.get("id")));
    }

    private byte[] cipher(int mode, String place, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it was not sealed here, or not for " + place, e);
        }
    }

    private static byte[] mac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
