package dev.appos.object;

/// Where an object is declared.
///
/// @param file below the apps folder: `crm/records/Customer.java`
/// @param line from 1
public record Source(String file, int line) {}
