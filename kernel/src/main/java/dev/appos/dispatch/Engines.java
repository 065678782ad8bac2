package dev.appos.dispatch;

import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;

/// Which engine serves which kind of object. A new kind does not compile until it has one.
public record Engines(Engine records, Engine rules, Engine processes, Engine screens, Engine platform) {

    Engine of(Definition definition) {
        return switch (definition) {
            case RecordDefinition _ -> records;
            case RuleDefinition _ -> rules;
            case ProcessDefinition _ -> processes;
            case InterfaceDefinition _, PageDefinition _ -> screens;
            case PlatformDefinition _ -> platform;
        };
    }
}
