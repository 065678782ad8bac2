package dev.appos.govern;

import dev.appos.base.Ref;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an action does to the world, as far as it can be told before it is done. What cannot be told counts as a write.
enum Effect {
    READ,
    WRITE,
    /// Changes whatever fits a condition, and not one thing by its id.
    BULK_UPDATE,
    DELETE,
    /// Runs a text of SQL, which has to be read to know more.
    SQL,
    /// Runs a text in a shell, of which nobody can know more.
    SHELL;

    private static final Set<String> READS = Set.of(
            "read", "get", "list", "search", "query", "view", "fetch", "find", "count", "describe", "explain", "show",
            "render", "lookup", "llm", "transform");
    private static final Set<String> DELETES = Set.of(
            "delete", "remove", "drop", "destroy", "truncate", "purge", "erase", "wipe");
    private static final Set<String> WRITES = Set.of(
            "write", "create", "update", "insert", "send", "set", "put", "post", "patch", "execute", "execution", "run",
            "start", "add", "edit", "move", "rename", "upload", "pay", "refund", "transfer", "replace", "save");
    private static final Set<String> SQLS = Set.of("database", "sql", "db");
    private static final Set<String> SHELLS = Set.of("shell", "bash", "sh", "terminal", "command", "cmd", "powershell");

    /// Where the text of a statement may stand.
    static final List<String> STATEMENTS = List.of("query", "sql", "statement");

    /// What this action does.
    ///
    /// @param action `crm.records.customer.update`, or the name of a tool of another system: `database_query`
    static Effect of(Snapshot snapshot, String action, Map<String, ?> values) {
        Optional<Definition> definition = object(snapshot, action);
        return definition.isPresent()
                ? of(definition.get(), verb(action), values)
                : named(action.toLowerCase(Locale.ROOT), values);
    }

    private static Effect of(Definition definition, String verb, Map<String, ?> values) {
        return switch (definition) {
            case RecordDefinition _ -> switch (verb) {
                case "list", "get" -> READ;
                case "update" -> values.containsKey("id") ? WRITE : BULK_UPDATE;
                case "delete" -> DELETE;
                default -> WRITE;
            };
            case FolderDefinition _ -> switch (verb) {
                case "list", "get" -> READ;
                case "delete" -> DELETE;
                default -> WRITE;
            };
            case RuleDefinition rule -> rule.writes() ? WRITE : READ;
            case ConstantDefinition _ -> verb.equals("run") ? WRITE : READ;
            // A step does nothing itself: what it calls is judged by its own name.
            case ProcessDefinition _ -> verb.equals("step") ? READ : WRITE;
            case InterfaceDefinition _, PageDefinition _ -> READ;
            case PlatformDefinition platform -> platform.writes() ? WRITE : READ;
        };
    }

    /// Whether this action changes or removes records that are there.
    static boolean changesRecords(Snapshot snapshot, String action) {
        return List.of("update", "delete").contains(verb(action))
                && object(snapshot, action).map(RecordDefinition.class::isInstance).orElse(false);
    }

    private static Effect named(String action, Map<String, ?> values) {
        List<String> words = List.of(action.split("[^a-z0-9]+"));
        boolean statement = STATEMENTS.stream().anyMatch(values::containsKey);
        if (any(words, SHELLS)) {
            return SHELL;
        } else if (any(words, SQLS) || words.contains("query") && statement) {
            return SQL;
        } else if (any(words, DELETES)) {
            return DELETE;
        } else if (any(words, WRITES)) {
            return words.contains("update") && !values.containsKey("id") ? BULK_UPDATE : WRITE;
        }
        return any(words, READS) ? READ : WRITE;
    }

    private static boolean any(List<String> words, Set<String> known) {
        return !Collections.disjoint(words, known);
    }

    private static Optional<Definition> object(Snapshot snapshot, String action) {
        String[] parts = action.split("\\.", -1);
        return parts.length == 3 || parts.length == 4
                ? Ref.parse(parts[0] + "." + parts[1] + "." + parts[2]).flatMap(snapshot::find)
                : Optional.empty();
    }

    private static String verb(String action) {
        String[] parts = action.split("\\.", -1);
        return parts.length == 4 ? parts[3] : "";
    }
}
