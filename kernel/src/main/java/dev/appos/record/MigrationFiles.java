package dev.appos.record;

import dev.appos.base.Refusal;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The SQL files of one app: `V3__add_customers_email.sql`. Written whole or not at all.
final class MigrationFiles {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__.*\\.sql");
    /// Begins the last line of a file that was written to be read before it runs.
    static final String DRAFTED_FOR = "\n-- Drafted for the definitions ";

    private static final String PLANNED = "-- Planned from the definitions of ";
    private static final int LONGEST_SUMMARY = 60;

    private final Path folder;

    MigrationFiles(Path folder) {
        this.folder = folder;
    }

    /// The number in the name of a file.
    static int version(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("no migration: " + file);
        }
        return Integer.parseInt(name.group(1));
    }

    /// The files there are, by their numbers; more than one where two people took the same.
    NavigableMap<Integer, List<Path>> versions() {
        NavigableMap<Integer, List<Path>> versions = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return versions;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).sorted()
                    .forEach(file -> versions.computeIfAbsent(version(file), _ -> new ArrayList<>()).add(file));
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the steps as the file of this version. Equal steps make equal files.
    Path write(int version, List<Step> steps) {
        return write(path(version, steps), text(steps));
    }

    /// Writes a file that says nothing yet.
    Path blank(int version, String name) {
        return write(folder.resolve("V%d__%s.sql".formatted(version, slug(name))), """
                -- %s: runs in one transaction, before the next plan is made. For statements that are to run one by one
                -- instead, begin the file with: %s
                -- Once it has run it must not be changed.

                """.formatted(name.strip().replaceAll("\\s+", " "), Migrations.STEPWISE));
    }

    /// What a file would do, one by one, without comments.
    static List<String> statements(String text) {
        String bare = text.replaceAll("(?m)^--.*$", "");
        return Arrays.stream(bare.split(";\\s*\\n")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    Path write(Path file, String text) {
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "draft", ".tmp");
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The migration %s cannot be written: %s".formatted(file, e.getMessage()),
                    "Make the folder writable.");
        }
    }

    /// Where the steps are written.
    Path path(int version, List<Step> steps) {
        String more = steps.size() == 1 ? "" : "_and_" + (steps.size() - 1) + "_more";
        Step first = steps.getFirst();
        return folder.resolve("V%d__%s%s.sql".formatted(
                version, slug(first.what().replace(first.app() + ".", "")), more));
    }

    /// What is written.
    static String text(List<Step> steps) {
        boolean stepwise = steps.getFirst().run() == Step.Run.STEPWISE;
        StringBuilder text = new StringBuilder(stepwise ? Migrations.STEPWISE + ", so it may run again.\n" : "")
                .append(PLANNED)
                .append(steps.getFirst().app())
                .append(". Once it has run it must not be changed.\n");
        for (Step step : steps) {
            text.append("\n-- ").append(step.risk()).append(": ").append(step.what()).append('\n');
            text.append(step.sql()).append(";\n");
        }
        return text.toString();
    }

    private static String slug(String what) {
        String slug = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        return slug.substring(0, Math.min(slug.length(), LONGEST_SUMMARY));
    }

    void remove(Collection<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
