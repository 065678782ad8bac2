package dev.appos.config;

import dev.appos.base.YamlNode;

/// A key with the value that a file gives it.
///
/// @param node     where the value stands; for lists and maps also what it is
/// @param value    a text, a `Long`, a `Double` or a `Boolean`
/// @param referred whether it came from an environment variable that the file names
public record Entry(Key key, YamlNode node, Object value, boolean referred) {}
