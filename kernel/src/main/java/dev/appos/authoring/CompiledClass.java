package dev.appos.authoring;

/// One class file in memory.
///
/// @param name   the binary name: `crm.Customer$Status`
/// @param source the path of the source it was made from
record CompiledClass(String name, String source, byte[] bytes) {}
