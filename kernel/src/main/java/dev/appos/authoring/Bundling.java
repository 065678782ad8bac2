package dev.appos.authoring;

import dev.appos.base.Ref;
import dev.appos.registry.Bundle;
import dev.appos.registry.CodeLoader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds for a process the classes that its code can reach: what a class file names in its constants, signatures
/// included, and so on. The app's `bodies` is added and not followed: it names every other object.
final class Bundling {

    /// A class by itself or inside a descriptor or signature.
    private static final Pattern NAME = Pattern.compile("[\\w$]+(?:/[\\w$]+)+");

    private final Map<String, byte[]> classes;
    private final Map<Ref, Set<String>> processes;

    /// @param processes the classes each begins with
    Bundling(Map<String, CompiledClass> classes, Map<Ref, Set<String>> processes) {
        this.classes = classes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().bytes()));
        this.processes = processes;
    }

    /// Every class.
    Map<String, byte[]> bytes() {
        return classes;
    }

    Optional<Bundle> of(Ref process) {
        return Optional.ofNullable(processes.get(process)).map(begun -> bundle(process.app(), begun));
    }

    private Bundle bundle(String app, Set<String> begun) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(begun);
        String bodies = app + "." + CodeLoader.BODIES;
        found.put(bodies, classes.get(bodies));
        while (!open.isEmpty()) {
            String name = open.poll();
            byte[] bytes = classes.get(name);
            if (bytes != null && found.putIfAbsent(name, bytes) == null) {
                open.addAll(named(bytes));
            }
        }
        return new Bundle(found);
    }

    private Set<String> named(byte[] bytes) {
        Set<String> named = new LinkedHashSet<>();
        for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
            if (entry instanceof Utf8Entry text) {
                Matcher names = NAME.matcher(text.stringValue());
                while (names.find()) {
                    // In a descriptor the letter of its kind stands in front.
                    String name = names.group().replace('/', '.');
                    named.add(name);
                    named.add(name.substring(1));
                }
            }
        }
        named.retainAll(classes.keySet());
        return named;
    }
}
