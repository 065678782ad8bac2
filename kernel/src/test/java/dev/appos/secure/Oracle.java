package dev.appos.secure;

import dev.appos.secure.Tables.Answer;
import dev.appos.secure.Tables.App;
import dev.appos.secure.Tables.Question;
import dev.appos.secure.Tables.Thing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of permission written a second time, from their description and not from the code: words, sets and regular
/// expressions, looked up in the tables one by one, with nothing shared and nothing clever.
final class Oracle {

    private static final Set<String> ALL = Set.of("view", "use", "create", "update", "delete", "admin");
    private static final Map<String, Pattern> PATTERNS = new HashMap<>();

    private final Tables tables;

    Oracle(Tables tables) {
        this.tables = tables;
    }

    Answer answer(Question question) {
        String who = question.principal();
        Thing thing = tables.objects().get(question.ref());
        boolean agent = who.startsWith("agent:");
        if (agent && thing.personsOnly()) {
            return Answer.no(false);
        }
        if (agent) {
            Tables.Agent known = tables.agents().get(who);
            who = known != null && known.active() ? known.actsFor() : "";
        }
        Tables.User user = tables.users().get(who);
        if (user == null || !user.active()) {
            return Answer.no(true);
        }
        if (user.type().equals("system_admin")) {
            return Answer.YES;
        }
        boolean platform = question.ref().startsWith("platform.");
        if (!platform && !enters(who, question.ref().split("\\.")[0])) {
            return Answer.no(true);
        }
        if (may(who, question.ref(), question.permission(), platform)) {
            return Answer.YES;
        }
        boolean seen = platform || may(who, question.ref(), "view", false);
        return Answer.no(!seen);
    }

    private Set<String> groups(String user) {
        Set<String> groups = new HashSet<>();
        tables.members().forEach(member -> {
            if (member.get(0).equals(user) && tables.groups().get(member.get(1))) {
                groups.add(member.get(1));
            }
        });
        return groups;
    }

    private boolean enters(String user, String app) {
        Set<String> doors = new HashSet<>(tables.apps().get(app).groups());
        tables.links().forEach(link -> {
            if (link.get(1).equals(app)) {
                doors.add(link.get(0));
            }
        });
        doors.retainAll(groups(user));
        return !doors.isEmpty();
    }

    private boolean may(String user, String ref, String permission, boolean platform) {
        boolean stranger = user.equals("public_api");
        if (platform && permission.equals("view") && !stranger) {
            return true;
        }
        Set<String> enough = permission.equals("view") ? ALL : new HashSet<>(List.of(permission, "admin"));
        Set<String> mine = groups(user);
        Set<String> named = new HashSet<>(mine);
        if (!stranger) {
            named.add("*");
        }
        Thing thing = tables.objects().get(ref);
        for (String held : enough) {
            for (String group : thing.stated().getOrDefault(held, Set.of())) {
                if (named.contains(group)) {
                    return true;
                }
            }
            for (String group : mine) {
                if (tables.grants().stream().anyMatch(grant -> grant.get(0).equals(group)
                        && grant.get(2).equals(held)
                        && means(grant.get(1), ref))) {
                    return true;
                }
            }
        }
        return thing.stated().isEmpty() && Set.of("view", "use").contains(permission) && byDefault(ref, named);
    }

    private boolean byDefault(String ref, Set<String> named) {
        String[] parts = ref.split("\\.");
        App app = tables.apps().get(parts[0]);
        if (app == null) {
            return false;
        }
        Set<String> defaults = switch (parts[1]) {
            case "rules" -> app.logic();
            case "interfaces", "pages" -> app.ui();
            default -> Set.of();
        };
        return defaults.stream().anyMatch(named::contains);
    }

    /// `crm.customer*` has the name in any category; the others read as they are written.
    private static boolean means(String pattern, String ref) {
        return PATTERNS.computeIfAbsent(pattern, written -> {
            if (written.equals("*")) {
                return Pattern.compile(".*");
            }
            String[] parts = written.split("\\.");
            String name = parts[parts.length - 1].replace("*", "[a-z0-9_]*");
            String kind = parts.length == 2 ? "[a-z_]+" : parts[1];
            return Pattern.compile(parts[0] + "\\." + kind + "\\." + name);
        }).matcher(ref).matches();
    }
}
