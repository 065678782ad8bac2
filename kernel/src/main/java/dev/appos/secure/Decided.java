package dev.appos.secure;

import dev.appos.base.Ref;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.registry.Snapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What was decided already about one state of the directory and the apps. A change of either makes another one, so
/// nothing in here is ever old.
final class Decided {

    /// More decisions than this are made anew each time.
    private static final int REMEMBERED_MAX = 100_000;

    private record Question(String principal, Ref ref, Permission permission) {}

    private record Answer(Definition definition, Decision decision) {}

    private final Map<String, Roster.Account> accounts;
    private final Map<String, AppDefinition> apps;
    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    /// Keeps of the snapshot only what decisions depend on, so that the code of old apps can go.
    Decided(Roster roster, Snapshot snapshot) {
        this.accounts = roster.accounts();
        this.apps = snapshot.apps();
    }

    /// Whether it is about this very state. A roster in which only credentials moved has the same accounts.
    boolean isOf(Roster roster, Snapshot snapshot) {
        return accounts == roster.accounts() && apps == snapshot.apps();
    }

    Decision get(String principal, Definition definition, Permission permission, Supplier<Decision> decide) {
        Question question = new Question(principal, definition.ref(), permission);
        Answer known = answers.get(question);
        if (known != null && known.definition() == definition) {
            return known.decision();
        }
        Decision decision = decide.get();
        if (answers.size() < REMEMBERED_MAX) {
            answers.put(question, new Answer(definition, decision));
        }
        return decision;
    }
}
