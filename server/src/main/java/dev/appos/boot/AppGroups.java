package dev.appos.boot;

import dev.appos.object.AppDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Directory;
import dev.appos.secure.Groups;
import dev.appos.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes the groups that apps speak of, so that people can be put into them.
final class AppGroups {

    private static final String BY = "system:apps";

    private final Database database;
    private final Directory directory;
    private final Groups groups;

    AppGroups(Database database, Directory directory, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.groups = new Groups(clock);
    }

    /// Adds those that are missing; changes and removes none.
    void ensure(Snapshot snapshot) {
        Set<String> wanted = new TreeSet<>();
        snapshot.apps().values().stream().map(AppDefinition::groups).forEach(wanted::addAll);
        boolean changed = database.write(sql -> {
            wanted.removeIf(name -> groups.find(sql, name).isPresent());
            wanted.forEach(name ->
                    groups.create(sql, new Groups.Group(name, "app", "", true, List.of(), List.of()), BY));
            return !wanted.isEmpty();
        });
        if (changed) {
            directory.refresh();
        }
    }
}
