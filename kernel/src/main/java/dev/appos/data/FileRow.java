package dev.appos.data;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of a file, as it is written there.
///
/// @param line   on which it begins
/// @param values by the names of the file: texts for cells of CSV that hold anything, JSON values of a JSON line
/// @param fault  why nothing can be made of it, if so
record FileRow(long line, Map<String, @Nullable Object> values, Optional<String> fault) {}
