package dev.appos.documents;

import dev.appos.base.Refusal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/// What people call a document. It is shown and offered as the name of a download, and never becomes a path here.
final class DocumentName {

    private static final int LONGEST = 255;
    private static final int LONGEST_NOTE = 1000;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 50;

    private DocumentName() {}

    /// The name in one form for everybody.
    ///
    /// @throws Refusal if it is no name of a file: a path, or with signs that show something else than there is
    static String of(String given) {
        String name = Normalizer.normalize(given, Normalizer.Form.NFC).strip();
        if (name.isEmpty() || name.length() > LONGEST) {
            throw refused("must have 1 to " + LONGEST + " characters");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.matches("\\.+")) {
            throw refused("must be the name of a file and not a path");
        }
        if (name.codePoints().anyMatch(DocumentName::deceives)) {
            throw refused("must not have control characters or signs that nobody sees");
        }
        return name;
    }

    /// @throws Refusal if it is too long, or has signs a page cannot hold
    static String note(String given) {
        String note = given.strip();
        if (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0) {
            throw Refusal.invalid("The document", "/note", "length", "must have at most " + LONGEST_NOTE
                    + " characters");
        }
        return note;
    }

    /// Tags in small letters, each once.
    static List<String> tags(List<String> given) {
        List<String> tags = given.stream().map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .filter(tag -> !tag.isEmpty()).distinct().sorted().toList();
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST_TAG
                || tag.codePoints().anyMatch(DocumentName::deceives))) {
            throw Refusal.invalid("The document", "/tags", "length",
                    "must be at most " + MOST_TAGS + ", each of at most " + LONGEST_TAG + " characters");
        }
        return tags;
    }

    /// Characters that control, that are no characters, or that turn the text around them.
    private static boolean deceives(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> sign != 0x200D;
            default -> false;
        };
    }

    private static Refusal refused(String why) {
        return Refusal.invalid("The document", "/name", "name", why);
    }
}
