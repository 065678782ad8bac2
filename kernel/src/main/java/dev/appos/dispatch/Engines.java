package dev.appos.dispatch;

import dev.appos.base.Refusal;
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

/// Which engine serves which kind of object. A new kind does not compile until it has one.
public record Engines(
        Engine records, Engine rules, Engine constants, Engine processes, Engine screens, Engine documents,
        Engine platform) {

    /// Engines of a platform without documents.
    public Engines(
            Engine records, Engine rules, Engine constants, Engine processes, Engine screens, Engine platform) {
        this(records, rules, constants, processes, screens, Engines::none, platform);
    }

    /// Engines of a platform without constants.
    public Engines(Engine records, Engine rules, Engine processes, Engine screens, Engine platform) {
        this(records, rules, Engines::none, processes, screens, platform);
    }

    private static Operation none(Visibility visible, Definition definition, Input input) {
        throw Refusal.malformed(definition.ref() + " cannot be served here.", "Ask for something else.");
    }

    /// What is attached to a record is served by whoever serves documents.
    Engine of(Definition definition, Input input) {
        return switch (definition) {
            case RecordDefinition _ -> input instanceof Input.Documents ? documents : records;
            case FolderDefinition _ -> documents;
            case RuleDefinition _ -> rules;
            case ConstantDefinition _ -> constants;
            case ProcessDefinition _ -> processes;
            case InterfaceDefinition _, PageDefinition _ -> screens;
            case PlatformDefinition _ -> platform;
        };
    }
}
