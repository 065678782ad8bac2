package dev.appos.authoring;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// What is kept of the last good compilation, so that the next needs to compile only what changed. Data only: no class
/// of an app is held by it.
///
/// @param surfaces each file without the bodies of its methods
/// @param classes  every class by name, the generated ones too
/// @param compiled the authors' files that were compiled for it; the others it took over
record Generation(
        SortedMap<String, String> surfaces,
        SortedMap<String, SourceFile> sources,
        Map<String, CompiledClass> classes,
        Map<String, FileFacts> facts,
        Set<String> compiled) {}
