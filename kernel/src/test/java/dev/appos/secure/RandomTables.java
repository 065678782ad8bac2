package dev.appos.secure;

import dev.appos.secure.Tables.Agent;
import dev.appos.secure.Tables.App;
import dev.appos.secure.Tables.Question;
import dev.appos.secure.Tables.Thing;
import dev.appos.secure.Tables.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Makes worlds in which everything that can matter happens often: names that begin alike, every pattern, every tier,
/// things switched off.
final class RandomTables {

    static final List<String> PERMISSIONS = List.of("view", "use", "create", "update", "delete", "admin");

    private static final List<String> APPS = List.of("crm", "billing");
    private static final List<String> KINDS = List.of("records", "rules", "processes", "interfaces", "pages");
    private static final List<String> NAMES = List.of("customer", "customer_note", "cust", "invoice", "a");
    private static final List<String> TYPES = List.of("basic", "basic", "basic", "service_account", "system_admin");
    private static final int GROUPS = 6;

    private final Random random;

    RandomTables(Random random) {
        this.random = random;
    }

    Tables make() {
        Map<String, Boolean> groups = new TreeMap<>();
        for (int i = 0; i < GROUPS; i++) {
            groups.put("g" + i, chance(85));
        }
        Map<String, User> users = new TreeMap<>();
        users.put("public_api", new User("service_account", chance(80)));
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            users.put("u" + i, new User(one(TYPES), chance(85)));
        }
        Set<List<String>> members = new HashSet<>();
        users.keySet().forEach(user -> {
            for (int i = random.nextInt(4); i > 0; i--) {
                members.add(List.of(user, group()));
            }
        });
        Set<List<String>> links = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            links.add(List.of(group(), one(APPS)));
        }
        Map<String, Agent> agents = new TreeMap<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            agents.put("agent:a" + i, new Agent(one(List.copyOf(users.keySet())), chance(80)));
        }
        Set<List<String>> grants = new HashSet<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            grants.add(List.of(group(), pattern(), one(PERMISSIONS)));
        }
        return new Tables(users, groups, members, links, grants, agents, apps(), objects());
    }

    /// A question about somebody who is there, mostly.
    static Question question(Random random, Tables tables) {
        RandomTables any = new RandomTables(random);
        List<String> who = random.nextInt(4) == 0 && !tables.agents().isEmpty()
                ? List.copyOf(tables.agents().keySet())
                : List.copyOf(tables.users().keySet());
        String principal = random.nextInt(50) == 0 ? any.one(List.of("nobody", "agent:nobody")) : any.one(who);
        return new Question(principal, any.one(List.copyOf(tables.objects().keySet())), any.one(PERMISSIONS));
    }

    private Map<String, App> apps() {
        Map<String, App> apps = new HashMap<>();
        APPS.forEach(app -> apps.put(app, new App(
                chance(60) ? List.of(group(), "not_there") : List.of(), named(), named())));
        return apps;
    }

    private Map<String, Thing> objects() {
        Map<String, Thing> objects = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            Map<String, Set<String>> stated = new HashMap<>();
            for (int j = chance(50) ? 0 : 1 + random.nextInt(2); j > 0; j--) {
                stated.put(one(PERMISSIONS), chance(15) ? Set.of("*") : Set.of(group(), group() + "x"));
            }
            objects.put(one(APPS) + "." + one(KINDS) + "." + one(NAMES), new Thing(stated, false));
        }
        objects.put("platform.rules.create_user", new Thing(Map.of(), true));
        objects.put("platform.rules.list_users", new Thing(Map.of(), false));
        return objects;
    }

    private String pattern() {
        String app = chance(15) ? "platform" : one(APPS);
        String kind = app.equals("platform") ? "rules" : one(KINDS);
        String name = app.equals("platform") ? one(List.of("create_user", "list_users")) : one(NAMES);
        return switch (random.nextInt(6)) {
            case 0 -> app + "." + kind + "." + name;
            case 1 -> app + "." + kind + ".*";
            case 2 -> app + ".*";
            case 3 -> app + "." + name.substring(0, 1 + random.nextInt(name.length())) + "*";
            case 4 -> app + "." + kind + "." + name.substring(0, 1 + random.nextInt(name.length())) + "*";
            default -> chance(30) ? "*" : app + "." + kind + "." + name;
        };
    }

    private Set<String> named() {
        return chance(40) ? Set.of() : chance(30) ? Set.of("*") : Set.of(group());
    }

    private String group() {
        return "g" + random.nextInt(GROUPS);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
