package dev.appos.secure;

import dev.appos.api.InterfaceType;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Source;
import dev.appos.registry.Snapshot;
import dev.appos.secure.GrantIndex.Grant;
import dev.appos.secure.Roster.Account;
import dev.appos.secure.Roster.AgentEntry;
import dev.appos.secure.Tables.Answer;
import dev.appos.secure.Tables.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Asks the guard and the [Oracle] the same random questions about the same random worlds.
public final class Differential {

    /// Questions about one world.
    private static final int QUESTIONS = 100;

    private static final Source SOURCE = new Source("test", 1);

    /// What came out.
    ///
    /// @param allowed    how many were allowed: a run in which few are says little
    /// @param mismatches the first of them, in words
    public record Outcome(long cases, long allowed, long different, List<String> mismatches) {}

    /// A mistake made on purpose, which a run must find.
    public enum Mistake {
        NONE,
        SLEEPING_GROUPS_COUNT,
        STOPPED_AGENTS_GO_ON,
        LINKS_ARE_FORGOTTEN
    }

    private Differential() {}

    /// Decides so many cases, the same ones for the same seed.
    public static Outcome run(long seed, long cases, Mistake mistake) {
        Random random = new Random(seed);
        long done = 0;
        long allowed = 0;
        long different = 0;
        List<String> mismatches = new ArrayList<>();
        while (done < cases) {
            Tables tables = new RandomTables(random).make();
            Snapshot snapshot = snapshot(tables);
            Roster roster = roster(tables, mistake);
            GroupGuard guard = new GroupGuard(() -> roster);
            Oracle oracle = new Oracle(tables);
            for (int i = 0; i < QUESTIONS && done < cases; i++, done++) {
                Question question = RandomTables.question(random, tables);
                Answer expected = oracle.answer(question);
                Answer answered = answer(guard, snapshot, question);
                allowed += expected.equals(Answer.YES) ? 1 : 0;
                if (!answered.equals(expected)) {
                    different++;
                    if (mismatches.size() < 3) {
                        mismatches.add(
                                question + " answered " + answered + " instead of " + expected + " in " + tables);
                    }
                }
            }
        }
        return new Outcome(done, allowed, different, mismatches);
    }

    static Answer answer(GroupGuard guard, Snapshot snapshot, Question question) {
        // What the caller says of himself must not matter.
        Principal.User self = new Principal.User(question.principal(), Principal.Type.SYSTEM_ADMIN, Set.of("g0"));
        Principal principal = question.principal().startsWith(Agents.PREFIX)
                ? new Principal.Agent(question.principal(), self, List.of(), Optional.empty())
                : self;
        Decision decision = guard.decide(
                principal, snapshot, snapshot.find(question.ref()).orElseThrow(), Permission.of(question.permission()));
        return decision instanceof Decision.Deny deny ? Answer.no(deny.hidden()) : Answer.YES;
    }

    /// As [RosterReader] reads it.
    static Roster roster(Tables tables, Mistake mistake) {
        Map<String, Account> accounts = new HashMap<>();
        tables.users().forEach((name, user) -> accounts.put(name, new Account(
                new UUID(0, name.hashCode()),
                new Principal.User(
                        name,
                        Principal.Type.valueOf(user.type().toUpperCase(Locale.ROOT)),
                        tables.members().stream()
                                .filter(member -> member.get(0).equals(name))
                                .map(member -> member.get(1))
                                .filter(group -> tables.groups().get(group) || mistake == Mistake.SLEEPING_GROUPS_COUNT)
                                .collect(Collectors.toSet())),
                user.active(), "en", "UTC")));
        Map<String, AgentEntry> agents = new HashMap<>();
        tables.agents().forEach((name, agent) -> {
            Account account = accounts.get(agent.actsFor());
            boolean active = agent.active() || mistake == Mistake.STOPPED_AGENTS_GO_ON;
            agents.put(name, new AgentEntry(
                    new UUID(1, name.hashCode()),
                    new Principal.Agent(name, account.user(), List.of(), Optional.empty()),
                    account.active() && active));
        });
        Map<String, Set<String>> links = new HashMap<>();
        tables.links().stream()
                .filter(link -> tables.groups().get(link.get(0)) && mistake != Mistake.LINKS_ARE_FORGOTTEN)
                .forEach(link -> links.computeIfAbsent(link.get(1), _ -> new HashSet<>()).add(link.get(0)));
        List<Grant> grants = tables.grants().stream()
                .map(row -> new Grant(row.get(0), GrantPattern.of(row.get(1)), Permission.of(row.get(2))))
                .toList();
        return new Roster(1, 1, accounts, agents, links, new GrantIndex(grants));
    }

    static Snapshot snapshot(Tables tables) {
        Map<String, AppDefinition> apps = new HashMap<>();
        tables.apps().forEach((name, app) -> apps.put(name, new AppDefinition(
                name, name, "", app.groups(), app.logic(), app.ui(), Optional.empty())));
        List<Definition> definitions = new ArrayList<>();
        tables.objects().forEach((ref, thing) -> definitions.add(definition(Ref.of(ref), thing)));
        return new Snapshot(apps, definitions, Map.of(), List.of(), Map.of());
    }

    private static Definition definition(Ref ref, Tables.Thing thing) {
        Map<Permission, Set<String>> stated = new HashMap<>();
        thing.stated().forEach((permission, groups) -> stated.put(Permission.of(permission), groups));
        Access access = new Access(stated);
        if (ref.app().equals(Ref.PLATFORM)) {
            return new PlatformDefinition(ref, "", List.of(), Permission.ADMIN, true, thing.personsOnly(), false);
        }
        return switch (ref.kind()) {
            case "records" -> RecordDefinition.of(ref, List.of(), access, SOURCE);
            case "rules" -> new RuleDefinition(
                    ref, "", List.of(), "long", false, Optional.empty(), access, SOURCE);
            case "processes" -> new ProcessDefinition(ref, "", "", List.of(), "", access, SOURCE);
            case "interfaces" -> new InterfaceDefinition(
                    ref, Optional.empty(), InterfaceType.LIST, access, SOURCE);
            case "pages" -> new PageDefinition(ref, "/" + ref.name(), "", "", access, SOURCE);
            default -> throw new AssertionError(ref);
        };
    }
}
