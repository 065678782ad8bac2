package dev.appos.insight;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One JSON file an object, for programs that look without a server: `.appos/runtime/dependencies/{ref}.json`.
///
/// A file is replaced whole, so a reader sees the old or the new one. Only what changed is written again.
public final class DependencyFiles {

    private static final String ENDING = ".json";

    private final Path folder;
    private final Map<String, String> written = new HashMap<>();

    /// @param state the folder of what the server keeps: `.appos`
    public DependencyFiles(Path state) {
        this.folder = state.resolve("runtime").resolve("dependencies");
    }

    /// Writes the objects that changed, and removes the files of those that are gone.
    ///
    /// @param objects what is told of each object, by its reference
    /// @throws UncheckedIOException if the folder cannot be written
    synchronized void write(Map<String, Map<String, @Nullable Object>> objects) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, Map<String, @Nullable Object>> object : objects.entrySet()) {
                String text = Json.write(Plain.of(object.getValue())) + "\n";
                if (!text.equals(written.get(object.getKey()))) {
                    replace(folder.resolve(object.getKey() + ENDING), text);
                    written.put(object.getKey(), text);
                }
            }
            for (Path file : files()) {
                if (!objects.containsKey(ref(file))) {
                    Files.deleteIfExists(file);
                    written.remove(ref(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The graph of these sources with what a server saw of them while it ran, as far as it wrote it down. Uses that
    /// code showed which is another now are left out.
    ///
    /// @throws Refusal naming a file that cannot be read
    public Graph graph(Snapshot snapshot) {
        List<Edge> seen = new ArrayList<>();
        try {
            for (Path file : files()) {
                read(file, snapshot, seen);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Edges.graph(snapshot, seen, List.of());
    }

    private static void read(Path file, Snapshot snapshot, List<Edge> seen) throws IOException {
        try {
            Map<String, Object> object = Json.object(Json.read(Files.readAllBytes(file)), file.toString());
            String ref = ref(file);
            boolean same = Ref.parse(ref)
                    .map(known -> snapshot.hash(known).equals(object.get("source_hash")))
                    .orElse(false);
            if (same) {
                ends(object, "direct_dependencies").stream()
                        .filter(end -> Boolean.TRUE.equals(end.get("observed")))
                        .forEach(end -> seen.add(edge(ref, (String) end.get("ref"), end)));
            }
            ends(object, "dependents").stream()
                    .filter(end -> "agent".equals(end.get("type")))
                    .forEach(end -> seen.add(edge((String) end.get("ref"), ref, end)));
        } catch (Refusal | ClassCastException unreadable) {
            throw Refusal.unavailable(
                    file + " cannot be read: " + unreadable.getMessage(),
                    "Remove it; a running server writes it again.");
        }
    }

    private static Edge edge(String from, String to, Map<?, ?> end) {
        boolean observed = Boolean.TRUE.equals(end.get("observed"));
        boolean stated = Boolean.TRUE.equals(end.get("stated"));
        Edge.Known known = observed && stated ? Edge.Known.BOTH : observed ? Edge.Known.SEEN : Edge.Known.STATED;
        return new Edge(from, to, String.valueOf(end.get("access")), known);
    }

    private static List<Map<?, ?>> ends(Map<String, Object> object, String key) {
        List<Map<?, ?>> ends = new ArrayList<>();
        Optional.ofNullable((List<?>) object.get(key)).orElse(List.of()).forEach(end -> ends.add((Map<?, ?>) end));
        return ends;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
        }
    }

    private static String ref(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
