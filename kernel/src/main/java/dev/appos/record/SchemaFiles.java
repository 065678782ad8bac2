package dev.appos.record;

import dev.appos.base.Refusal;
import dev.appos.store.BeforeFile;
import dev.appos.store.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Turns plans into files, and runs the files: those of a plan, and those that others wrote.
final class SchemaFiles {

    private final Migrations migrations;
    private final Path folder;
    private final Optional<Dumps> dumps;

    /// @param dumps where what is dropped goes; without it nothing can be dropped
    SchemaFiles(Migrations migrations, Path folder, Optional<Dumps> dumps) {
        this.migrations = migrations;
        this.folder = folder;
        this.dumps = dumps;
    }

    /// Writes the steps as new files and runs them.
    ///
    /// @throws Refusal if a file fails: it is undone and removed; those that ran before it stay
    void carryOut(Plan plan, Undeclared undeclared) {
        plan.steps().stream().map(Step::app).distinct().forEach(this::refuseForgotten);
        Map<Step.Run, Map<String, List<Step>>> groups = new TreeMap<>();
        plan.steps().forEach(step -> groups.computeIfAbsent(step.run(), _ -> new TreeMap<>())
                .computeIfAbsent(step.app(), _ -> new ArrayList<>())
                .add(step));
        Map<Path, String> written = new LinkedHashMap<>();
        // References between apps come in files of their own, so that every app's tables can be there before.
        groups.values().forEach(apps -> apps.forEach((app, steps) -> written.put(write(app, steps), app)));
        try {
            run(new TreeSet<>(written.values()), undeclared);
        } catch (Refusal refusal) {
            written.forEach((file, app) -> withdraw(app, file));
            throw refusal;
        }
    }

    /// A server without any file knows its database as little as one that lacks the last: it may use tables that fit,
    /// and changes none.
    private void refuseForgotten(String app) {
        List<Integer> applied = migrations.applied(app);
        if (!applied.isEmpty() && !Files.isDirectory(folder.resolve(app))) {
            throw Refusal.unavailable(
                    "The database already has migration %d of app %s, and this server has no files of it."
                            .formatted(Collections.max(applied), app),
                    "Start it with the sources and the folder migrations that belong to this database.");
        }
    }

    private Path write(String app, List<Step> steps) {
        return files(app).write(next(app), steps);
    }

    private int next(String app) {
        Set<Integer> taken = new TreeSet<>(files(app).versions().keySet());
        taken.addAll(migrations.applied(app));
        return taken.stream().mapToInt(version -> version).max().orElse(0) + 1;
    }

    /// The files that a plan of one app would be carried out as, written or not; none has run.
    ///
    /// @param wanted the fingerprint of the definitions they are made for
    Map<Path, String> draft(Plan plan, String wanted, boolean write) {
        Map<Step.Run, List<Step>> groups = new TreeMap<>();
        plan.steps().forEach(step -> groups.computeIfAbsent(step.run(), _ -> new ArrayList<>()).add(step));
        Map<Path, String> drafts = new LinkedHashMap<>();
        for (List<Step> steps : groups.values()) {
            String app = steps.getFirst().app();
            MigrationFiles files = files(app);
            int version = next(app) + (write ? 0 : drafts.size());
            String text = MigrationFiles.text(steps) + MigrationFiles.DRAFTED_FOR + wanted + "\n";
            Path file = files.path(version, steps);
            drafts.put(write ? files.write(file, text) : file, text);
        }
        return drafts;
    }

    /// The statements of files that wait and were drafted for other definitions than these, if any do.
    Optional<Stale> stale(String app, Supplier<String> wanted) {
        List<Integer> applied = migrations.applied(app);
        List<Path> waiting = files(app).versions().entrySet().stream()
                .filter(each -> !applied.contains(each.getKey()))
                .map(each -> each.getValue().getFirst())
                .filter(file -> files(app).text(file).contains(MigrationFiles.DRAFTED_FOR))
                .toList();
        // Those before the last led to what is drafted there.
        return waiting.isEmpty()
                || files(app).text(waiting.getLast()).contains(MigrationFiles.DRAFTED_FOR + wanted.get())
                ? Optional.empty()
                : Optional.of(new Stale(waiting.getLast().getFileName().toString(), waiting.stream()
                        .flatMap(file -> MigrationFiles.statements(files(app).text(file)).stream()).toList()));
    }

    Path blank(String app, String name) {
        return files(app).blank(next(app), name);
    }

    /// @throws Refusal if there are files that have not run
    void refuseWaiting(String app) {
        List<Integer> applied = migrations.applied(app);
        files(app).versions().forEach((version, named) -> {
            if (!applied.contains(version)) {
                throw Refusal.conflict(
                        named.getFirst().getFileName() + " has not run yet: what comes after it cannot be told.",
                        "Run it (appos migrate), or take it away.");
            }
        });
    }

    private void withdraw(String app, Path file) {
        if (!migrations.applied(app).contains(MigrationFiles.version(file))) {
            files(app).remove(List.of(file));
        }
    }

    /// Runs the files of every app, again and again while that gets any of them further: files of two apps may wait for
    /// each other's tables.
    ///
    /// @throws Refusal if a file fails, if two have one number, and unless asked for if one drops something
    void run(Set<String> apps, Undeclared undeclared) {
        apps.forEach(app -> check(app, undeclared));
        Map<String, String> before = Map.of();
        while (true) {
            Map<String, Refusal> failed = new TreeMap<>();
            for (String app : apps) {
                try {
                    migrations.applyApp(app, folder.resolve(app), dumping(app));
                } catch (Refusal refusal) {
                    failed.put(app, refusal);
                }
            }
            Map<String, String> now = new TreeMap<>();
            failed.forEach((app, refusal) -> now.put(app, String.valueOf(refusal.getMessage())));
            if (now.isEmpty()) {
                return;
            }
            if (now.equals(before)) {
                throw failed.values().iterator().next();
            }
            before = now;
        }
    }

    private void check(String app, Undeclared undeclared) {
        List<Integer> applied = migrations.applied(app);
        files(app).versions().forEach((version, named) -> {
            if (named.size() > 1) {
                throw Refusal.unavailable(
                        "Two files of app %s have the number %d: %s and %s.".formatted(
                                app, version, named.get(0).getFileName(), named.get(1).getFileName()),
                        "Give the one that has run nowhere yet the next free number, %d."
                                .formatted(files(app).versions().lastKey() + 1));
            }
            List<Loss> losses = applied.contains(version) ? List.of() : Loss.of(files(app).text(named.getFirst()));
            if (!losses.isEmpty() && (undeclared == Undeclared.KEEP || dumps.isEmpty())) {
                throw Refusal.unavailable(
                        "%s drops %s, and has not run here.".formatted(
                                named.getFirst().getFileName(), losses.getFirst().title()),
                        "Run it with appos migrate --drop: what it drops is dumped first.");
            }
        });
    }

    /// In the transaction that drops it: nobody writes in between.
    private BeforeFile dumping(String app) {
        return (file, connection) -> {
            List<Loss> losses = Loss.of(files(app).text(folder.resolve(app).resolve(file)));
            if (!losses.isEmpty()) {
                dumps.orElseThrow().write(connection, file, losses);
            }
        };
    }

    private MigrationFiles files(String app) {
        return new MigrationFiles(folder.resolve(app));
    }
}
