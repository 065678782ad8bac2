package dev.appos.trace;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Seals texts with a key that the database does not know (HMAC-SHA-256). Every server on one database has the same.
public final class AuditSeal {

    /// Fewer bytes could be guessed.
    public static final int LEAST_KEY_BYTES = 32;

    /// What its key is made for, where one secret makes several.
    public static final String PURPOSE = "audit";

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    /// @throws IllegalArgumentException if the key is too short
    public AuditSeal(byte[] key) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("the key of the audit has fewer than " + LEAST_KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, HMAC);
    }

    /// The seal of a text: 64 hex digits.
    String of(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    boolean fits(String seal, String text) {
        return MessageDigest.isEqual(
                seal.getBytes(StandardCharsets.US_ASCII), of(text).getBytes(StandardCharsets.US_ASCII));
    }
}
