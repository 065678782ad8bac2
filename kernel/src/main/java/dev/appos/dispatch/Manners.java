package dev.appos.dispatch;

import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.Input;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import java.util.List;

/// How calls of different kinds of object are treated.
final class Manners {

    private Manners() {}

    /// How many calls an agent pays for: those it puts together cost what they cost alone. Asked for before the work
    /// begins, which holds a connection.
    static int calls(Definition definition, Call call) {
        return definition instanceof PlatformDefinition platform
                        && platform.composite()
                        && call.input() instanceof Input.Run run
                        && run.arguments().get("operations") instanceof List<?> operations
                ? Math.max(1, operations.size())
                : 1;
    }

    /// Whether what is written may depend on what was read before in the same call.
    static boolean decidesByReading(Definition definition) {
        return switch (definition) {
            case RuleDefinition _, ConstantDefinition _, ProcessDefinition _ -> true;
            case PlatformDefinition platform -> platform.composite();
            case RecordDefinition _, FolderDefinition _, InterfaceDefinition _, PageDefinition _ -> false;
        };
    }
}
