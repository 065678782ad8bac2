package dev.appos.config;

/// What an administrator said instead of the files.
///
/// @param value as it was written
/// @param by    who said it
public record AdminValue(String value, String by) {}
