package dev.appos.secure;

import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.secure.GroupGuard.Case;
import dev.appos.secure.GroupGuard.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a denied principal would need, for the administrator who is asked why.
final class Remedy {

    /// More groups than these are not named.
    private static final int NAMED_MAX = 10;

    private Remedy() {}

    /// Ways to turn this denial into an allowance.
    ///
    /// @param by the question that denied, or null when none said anything
    static List<String> of(Case asked, @Nullable Check by) {
        if (by == Check.PERSONS) {
            return List.of("a person who does it");
        }
        if (by == Check.ACCOUNT) {
            return List.of("an active account of " + asked.holder().name());
        }
        List<String> needed = new ArrayList<>();
        String app = asked.definition().ref().app();
        if (by == Check.APP) {
            Set<String> doors = doors(asked, app);
            if (!doors.isEmpty()) {
                needed.add("membership of " + named(doors) + ", which open app " + app);
            }
            needed.add("a group of " + account(asked) + " linked to app " + app);
            return needed;
        }
        Set<String> able = able(asked);
        if (!able.isEmpty()) {
            needed.add("membership of " + named(able));
        }
        needed.add("a grant of %s on %s to a group of %s".formatted(
                asked.permission().word(), asked.definition().ref(), account(asked)));
        return needed;
    }

    private static Set<String> doors(Case asked, String app) {
        Set<String> doors = new TreeSet<>(asked.roster().appGroups().getOrDefault(app, Set.of()));
        asked.snapshot().app(app).map(AppDefinition::groups).ifPresent(doors::addAll);
        return doors;
    }

    /// The groups whose members may: by what the object states, by grants, by the defaults of the app.
    private static Set<String> able(Case asked) {
        Set<String> able = new TreeSet<>();
        Definition definition = asked.definition();
        definition.access().groups().forEach((permission, groups) -> {
            if (permission.covers(asked.permission())) {
                able.addAll(groups);
            }
        });
        able.addAll(asked.roster().grants().groups(GrantPattern.of(definition.ref()), asked.permission()));
        if (!definition.access().stated() && Permission.USE.covers(asked.permission())) {
            asked.snapshot().app(definition.ref().app()).ifPresent(app -> able.addAll(Check.defaults(app, definition)));
        }
        able.remove(Check.EVERYONE);
        return able;
    }

    private static String account(Case asked) {
        Holder holder = asked.holder();
        return holder.account() == null ? holder.name() : holder.account().name();
    }

    private static String named(Set<String> groups) {
        List<String> first = groups.stream().limit(NAMED_MAX).toList();
        String more = groups.size() > NAMED_MAX ? " or " + (groups.size() - NAMED_MAX) + " more" : "";
        return "one of the groups " + String.join(", ", first) + more;
    }
}
