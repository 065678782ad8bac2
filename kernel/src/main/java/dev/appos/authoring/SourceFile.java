package dev.appos.authoring;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// One file of an author, untouched.
///
/// @param path below the apps folder, with slashes: `crm/rules/Rules.java`
record SourceFile(String path, String text) {

    String app() {
        return path.substring(0, path.indexOf('/'));
    }

    /// The class that holds bare methods. Never `Rules`: it would overwrite `rules.class` where names ignore case.
    String wrapper() {
        String inside = path.substring(path.indexOf('/') + 1, path.length() - ".java".length());
        String clean = inside.replaceAll("\\W", "_");
        boolean unambiguous = inside.replace('/', '_').equals(clean);
        return unambiguous ? clean : clean + "_" + Integer.toHexString(inside.hashCode());
    }

    /// Every word the text mentions.
    Set<String> words() {
        return new HashSet<>(Arrays.asList(text.split("\\W+")));
    }

    /// The line of an offset, from 1.
    int line(int offset) {
        return (int) text.substring(0, limited(offset)).chars().filter(c -> c == '\n').count() + 1;
    }

    /// The column of an offset, from 1.
    int column(int offset) {
        return limited(offset) - text.lastIndexOf('\n', limited(offset) - 1);
    }

    private int limited(int offset) {
        return Math.clamp(offset, 0, text.length());
    }
}
