package dev.appos.generate;

/// A source file that is not written yet.
///
/// @param path below the folder of apps: `crm/records/Task.java`
/// @param text what is to stand in it
public record Draft(String path, String text) {}
