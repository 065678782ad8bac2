package dev.appos.web;

import dev.appos.base.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stands behind the `?` of an address. The HTTP server passes over a part that it cannot decode, and with it over
/// a filter: the answer would show what was not asked for.
final class QueryString {

    private static final String REMEDY = "Write characters in UTF-8, each byte as % and two hexadecimal digits.";

    private QueryString() {}

    /// @throws Refusal if a part of it cannot be decoded
    static void check(@Nullable String written) {
        if (written == null || written.indexOf('%') < 0) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length());
        int at = 0;
        while (at < written.length()) {
            char letter = written.charAt(at);
            if (letter != '%') {
                // What is no byte by itself stands between sequences, which it ends.
                bytes.write(letter < 0x80 ? letter : '?');
                at++;
                continue;
            }
            bytes.write(escaped(written, at));
            at += 3;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
        } catch (CharacterCodingException _) {
            throw Refusal.malformed("The address holds bytes that are not UTF-8.", REMEDY);
        }
    }

    private static int escaped(String written, int at) {
        int high = at + 2 < written.length() ? Character.digit(written.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(written.charAt(at + 2), 16);
        if (low < 0) {
            throw Refusal.malformed("The address holds a % that begins no escape.", REMEDY);
        }
        return high << 4 | low;
    }
}
