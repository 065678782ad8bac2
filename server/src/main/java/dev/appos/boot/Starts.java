package dev.appos.boot;

import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.PlatformRule;
import dev.appos.identity.Users;
import dev.appos.object.AppDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.schedule.FireRules;
import dev.appos.schedule.ScheduleRules;
import dev.appos.schedule.Scheduler;
import dev.appos.secure.Directory;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What starts processes by itself on this server, and the accounts as which it does.
final class Starts implements AutoCloseable {

    private static final String BY = "system:apps";

    private final Scheduler.Parts parts;
    private final Scheduler scheduler;
    private final Directory directory;
    private final Users users;
    private final Groups groups;

    Starts(Scheduler.Parts parts, Directory directory) {
        this.parts = parts;
        this.scheduler = new Scheduler(parts);
        this.directory = directory;
        this.users = new Users(parts.ids(), parts.clock());
        this.groups = new Groups(parts.clock());
    }

    List<PlatformRule> rules() {
        return Stream.concat(new ScheduleRules(scheduler::nudge).all().stream(), new FireRules().all().stream())
                .toList();
    }

    void start(Dispatcher dispatcher) {
        scheduler.start(dispatcher);
    }

    /// Makes the account of each app that runs something by itself: a service account without password and key, in
    /// those groups that the app declares and that are the app's. One that is there is left as administrators made it.
    void ensure(Snapshot snapshot) {
        for (AppDefinition app : snapshot.apps().values()) {
            String name = Scheduler.account(app.name());
            if (Scheduler.needsAccount(snapshot, app.name()) && directory.id(name).isEmpty()) {
                parts.database().write(sql -> users.find(sql, name).orElseGet(() -> {
                    Users.User made = users.create(sql, name, new Users.Profile(
                            Optional.empty(), Optional.of(app.title() + ", by itself"),
                            Optional.of(Principal.Type.SERVICE_ACCOUNT), Optional.empty(), Optional.empty()),
                            Optional.empty(), BY);
                    app.groups().stream()
                            .filter(group -> groups.find(sql, group).filter(each -> each.type().equals("app"))
                                    .isPresent())
                            .forEach(group -> groups.addMember(sql, group, name));
                    return made;
                }));
                directory.refresh();
            }
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
