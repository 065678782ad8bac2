package dev.appos.data;

import dev.appos.base.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How the text of a file is written in bytes. A mark at its beginning decides, then what was said, and otherwise it is
/// UTF-8. What is not well-formed is refused: a guess would spoil names for good.
final class Encoding {

    private static final int BUFFER = 64 * 1024;

    private Encoding() {}

    /// The character set of this name.
    ///
    /// @throws Refusal if there is none
    static Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            throw Refusal.invalid("The import", "/encoding", "unknown",
                    "must be a character set such as UTF-8, windows-1252 or UTF-16");
        }
    }

    /// The text of a file without its mark.
    static Reader open(Path file, Optional<String> said) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            Mark mark = mark(bytes.readNBytes(3));
            bytes.close();
            bytes = Files.newInputStream(file);
            bytes.skipNBytes(mark.length());
            return new BufferedReader(new InputStreamReader(bytes, decoder(charset(mark, said))), BUFFER);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /// The refusal of a file whose bytes are no text of its character set, naming the first such line.
    static Refusal malformed(Path file, Optional<String> said) {
        try (InputStream bytes = Files.newInputStream(file)) {
            Mark mark = mark(bytes.readNBytes(3));
            Charset charset = charset(mark, said);
            try (InputStream again = Files.newInputStream(file)) {
                again.skipNBytes(mark.length());
                return Refusal.malformed(
                        "Line " + firstMalformed(again, decoder(charset)) + " of the file is not " + charset.name()
                                + ".",
                        "Say how it is written, for example encoding=windows-1252, or save it as UTF-8.");
            }
        } catch (IOException e) {
            return Refusal.unavailable("The file cannot be read: " + e.getMessage(), "Send it again.");
        }
    }

    private static long firstMalformed(InputStream bytes, CharsetDecoder decoder) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        long line = 1;
        boolean end = false;
        while (true) {
            int read = bytes.read(in.array(), in.position(), in.remaining());
            end = read < 0;
            in.position(in.position() + Math.max(read, 0)).flip();
            CoderResult result = decoder.decode(in, out, end);
            out.flip();
            line += out.chars().filter(each -> each == '\n').count();
            out.clear();
            if (result.isError() || end) {
                return line;
            }
            in.compact();
        }
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static Charset charset(Mark mark, Optional<String> said) {
        return mark.charset().or(() -> said.map(Encoding::named)).orElse(StandardCharsets.UTF_8);
    }

    private record Mark(Optional<Charset> charset, int length) {}

    private static Mark mark(byte[] first) {
        if (first.length == 3 && first[0] == (byte) 0xEF && first[1] == (byte) 0xBB && first[2] == (byte) 0xBF) {
            return new Mark(Optional.of(StandardCharsets.UTF_8), 3);
        }
        if (first.length >= 2 && first[0] == (byte) 0xFE && first[1] == (byte) 0xFF) {
            return new Mark(Optional.of(StandardCharsets.UTF_16BE), 2);
        }
        if (first.length >= 2 && first[0] == (byte) 0xFF && first[1] == (byte) 0xFE) {
            return new Mark(Optional.of(StandardCharsets.UTF_16LE), 2);
        }
        return new Mark(Optional.empty(), 0);
    }
}
