package dev.appos.operations;

import static dev.appos.operations.Given.body;

import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.Definition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Decision;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What callers without an account may reach: asked of the guard itself, so that it is what they really get.
final class PublicOperations {

    private final Parts parts;

    PublicOperations(Parts parts) {
        this.parts = parts;
    }

    List<PlatformRule> all() {
        return List.of(PlatformRule.reads(
                "list_public", "Every object that strangers may reach, and by which rule.", Permission.ADMIN,
                List.of(), body(this::list)));
    }

    private Object list(Permit permit, Given given) {
        Optional<Principal> stranger = parts.directory().find(Groups.PUBLIC_ACCOUNT);
        List<Map<String, Object>> reached = new ArrayList<>();
        for (Definition definition : permit.snapshot().definitions()) {
            if (stranger.isPresent() && !(definition instanceof PlatformDefinition)) {
                Map<String, String> rules = rules(permit, stranger.get(), definition);
                if (!rules.isEmpty()) {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("object_ref", definition.ref().toString());
                    object.put("permissions", List.copyOf(rules.keySet()));
                    object.put("rules", rules);
                    reached.add(object);
                }
            }
        }
        return Pages.of(reached, null);
    }

    /// What allows each permission that is allowed.
    private Map<String, String> rules(Permit permit, Principal stranger, Definition definition) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (Permission permission : Permission.values()) {
            if (permission.appliesTo(definition.ref().kind())
                    && parts.guard().decide(stranger, permit.snapshot(), definition, permission)
                            instanceof Decision.Allow allow) {
                rules.put(permission.word(), allow.rule());
            }
        }
        return rules;
    }
}
