package dev.appos.identity;

/// Base 32 of RFC 4648, which is what authenticator apps read secrets in and people can type.
final class Base32 {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    /// The bytes as text without padding; their bits must fill the digits, five at a time.
    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        long bits = 0;
        int held = 0;
        for (byte each : bytes) {
            bits = bits << Byte.SIZE | Byte.toUnsignedInt(each);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(DIGITS.charAt((int) (bits >> held & DIGITS.length() - 1)));
            }
        }
        if (held > 0) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fill digits of " + BITS + " bits");
        }
        return text.toString();
    }
}
