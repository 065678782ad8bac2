package dev.appos.registry;

/// A fault in an author's file, where the author made it, with what to do about it.
///
/// @param file   below the apps folder: `crm/rules/Rules.java`
/// @param line   from 1
/// @param column from 1
public record Problem(String file, int line, int column, String message, String remedy) {

    @Override
    public String toString() {
        return "%s:%d:%d: %s%n    %s".formatted(file, line, column, message, remedy);
    }
}
