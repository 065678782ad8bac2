package dev.appos.authoring;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Text inserted into an author's file, and the way back: javac's offset to the author's.
/// Nothing inserted holds a line break, so lines never move.
final class Edits {

    private final boolean explicit;
    private final NavigableMap<Integer, String> insertions = new TreeMap<>();

    /// @param explicit whether the file names its package itself and wants no prelude
    Edits(boolean explicit) {
        this.explicit = explicit;
    }

    boolean explicit() {
        return explicit;
    }

    void insert(int offset, String text) {
        insertions.merge(offset, text, String::concat);
    }

    /// Puts text in front of everything, also of what was inserted there before.
    void prepend(String text) {
        insertions.merge(0, text, (old, prelude) -> prelude + old);
    }

    String apply(String original) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Map.Entry<Integer, String> edit : insertions.entrySet()) {
            out.append(original, from, edit.getKey()).append(edit.getValue());
            from = edit.getKey();
        }
        return out.append(original, from, original.length()).toString();
    }

    /// The author's offset of an offset in the edited text; inside inserted text, the place it was inserted at.
    int toOriginal(long position) {
        int shift = 0;
        for (Map.Entry<Integer, String> edit : insertions.entrySet()) {
            int start = edit.getKey() + shift;
            if (position < start) {
                break;
            }
            if (position < start + edit.getValue().length()) {
                return edit.getKey();
            }
            shift += edit.getValue().length();
        }
        return (int) position - shift;
    }

    /// Whether the text at an offset of the edited text is inserted and not the author's.
    boolean wrote(long position) {
        int shift = 0;
        for (Map.Entry<Integer, String> edit : insertions.entrySet()) {
            int start = edit.getKey() + shift;
            if (position >= start && position < start + edit.getValue().length()) {
                return true;
            }
            shift += edit.getValue().length();
        }
        return false;
    }
}
